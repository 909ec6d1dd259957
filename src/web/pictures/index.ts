import type { FastifyReply } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Part } from '../../http/server.ts'

/**
 * Pictures of merchants, from this server alone: whoever looks at a page asks nobody else. They are somebody else's bytes under our name, so
 * a browser is told their type and to believe nothing else, and what one opens by itself is shut in.
 */
export const pictures: Part<App> = {
  name: 'pictures',
  register: async (scope, app) => {
    scope.get<Place>(
      '/pictures/:prefix/:id',
      { schema: { hide: true } },
      async (request, reply): Promise<FastifyReply> => {
        const { prefix, id } = request.params
        const picture = isPlace(prefix, id) ? await app.findPicture(prefix, id) : undefined
        if (!picture) return reply.code(404).header('cache-control', 'no-store').send()
        return reply
          .headers({
            'content-type': picture.type,
            'content-security-policy': "default-src 'none'; sandbox",
            'x-content-type-options': 'nosniff',
            'cross-origin-resource-policy': 'same-origin',
            'referrer-policy': 'no-referrer',
            'cache-control': 'public, max-age=86400',
          })
          .send(picture.content)
      },
    )
  },
}

type Place = { Params: { prefix: string; id: string } }

function isPlace(prefix: string, id: string): boolean {
  return /^[A-Z0-9]{4}$/.test(prefix) && /^[0-9a-f]{32}$/.test(id)
}
