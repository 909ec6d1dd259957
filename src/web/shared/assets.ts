import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Part } from '../../http/server.ts'
import { script } from './style/script.ts'
import { styleSheet } from './style/style-sheet.ts'

/** Style and script of the hosted pages. They hold nothing of anybody, and their names change with their content. */
export const assets: Part<App> = {
  name: 'assets',
  register: async (scope: FastifyInstance) => {
    for (const { path, text, type } of [styleSheet, script]) {
      scope.get(path, { schema: { hide: true } }, (_request, reply) =>
        reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }).send(text),
      )
    }
  },
}
