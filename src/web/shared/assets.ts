import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Part } from '../../http/server.ts'
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
    for (const { path, text, type } of [styleSheet, script]) {
      scope.get(path, { schema: { hide: true } }, (_request, reply) =>
        reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }).send(text),
      )
    }
  },
}
