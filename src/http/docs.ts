import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { keptDocument } from './kept-document.ts'

export type DocsInfo = {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly publicUrl: string
  /** what groups of operations are about, in the order they are shown */
  readonly tags?: readonly { readonly name: string; readonly description: string }[]
  /** how callers show who they are, by the names that operations use */
  readonly securitySchemes?: Readonly<
    Record<string, { readonly type: 'http'; readonly scheme: 'bearer'; readonly description: string }>
  >
}

/**
 * OpenAPI 3.1 made from the schemas of the routes that are registered after this: `/docs/json` and `/docs/yaml`. The page
 * for readers is drawn from the same document (src/web/reference).
 */
export async function registerDocs(server: FastifyInstance, info: DocsInfo): Promise<void> {
  const { publicUrl, tags = [], securitySchemes = {}, ...about } = info
  await server.register(swagger, {
    // What has no group is not part of a merchant's API: the portal's own calls, health, pages.
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: { ...about, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: publicUrl }],
      tags: [...tags],
      components: { securitySchemes },
    },
  })
  const hidden = { schema: { hide: true } }
  server.get(
    '/docs/json',
    hidden,
    keptDocument('application/json; charset=utf-8', () => JSON.stringify(server.swagger())),
  )
  server.get(
    '/docs/yaml',
    hidden,
    keptDocument('application/yaml; charset=utf-8', () => server.swagger({ yaml: true })),
  )
}
