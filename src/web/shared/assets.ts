import type { FastifyInstance, FastifyReply } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Part } from '../../http/server.ts'
import type { Asset } from './style/asset.ts'
import { brandStyleNamed } from './style/brand-style.ts'
import { icon } from './style/icon.ts'
import { script } from './style/script.ts'
import { styleSheet } from './style/style-sheet.ts'

/** Style and script of the hosted pages. They hold nothing of anybody, and their names change with their content. */
export const assets: Part<App> = {
  name: 'assets',
  register: async (scope: FastifyInstance) => {
    // Browsers ask for the second name unasked, also on pages that are not HTML.
    for (const path of [icon.path, '/favicon.ico'])
      scope.get(path, { schema: { hide: true } }, (_request, reply) =>
        reply.headers({ 'content-type': icon.type, 'cache-control': 'public, max-age=86400' }).send(icon.text),
      )
    for (const asset of [styleSheet, script])
      scope.get(asset.path, { schema: { hide: true } }, (_request, reply) => sendAsset(reply, asset))
    // Made of its name alone: nothing is read, and nothing of a merchant told.
    scope.get<{ Params: { name: string } }>('/assets/brand/:name', { schema: { hide: true } }, (request, reply) => {
      const style = brandStyleNamed(request.params.name)
      return style ? sendAsset(reply, style) : reply.code(404).send()
    })
  },
}

function sendAsset(reply: FastifyReply, { type, text }: Asset): FastifyReply {
  return reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }).send(text)
}
