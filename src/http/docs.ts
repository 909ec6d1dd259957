import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

export type DocsInfo = {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly publicUrl: string
}

/**
 * OpenAPI 3.1 made from the schemas of the routes that are registered after this: `/docs/json`, `/docs/yaml`, and a
 * reader page at `/docs` whose script and style come from this server alone.
 */
export async function registerDocs(server: FastifyInstance, info: DocsInfo): Promise<void> {
  const { publicUrl, ...about } = info
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: about,
      servers: [{ url: publicUrl }],
      components: { securitySchemes },
    },
  })
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: readerPolicy, uiConfig: { deepLinking: true } })
}

const securitySchemes = {
  merchantKey: { type: 'http', scheme: 'bearer', description: 'Your secret key, after exactly one space.' },
} as const

/** The reader page draws its icons from data URLs and sets style attributes; everything else is this server's own. */
const readerPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}
