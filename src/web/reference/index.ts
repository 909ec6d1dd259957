import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { keptDocument } from '../../http/kept-document.ts'
import type { Part } from '../../http/server.ts'
import { contentPolicy } from '../shared/content-policy.ts'
import { rootOf, type Setting } from '../shared/setting.ts'
import { commonWords } from '../shared/words/index.ts'
import type { ApiDocument } from './document.ts'
import { referencePage } from './page.ts'
import { referenceStyle } from './style.ts'

/** The API reference at `/docs`, for people; absent where the operator has closed the documentation. */
export const reference: Part<App> = { name: 'reference', register }

const hidden = { schema: { hide: true } }

async function register(scope: FastifyInstance, app: App): Promise<void> {
  if (!scope.hasDecorator('swagger')) return
  const page = keptDocument('text/html; charset=utf-8', () =>
    referencePage(settingFor(app), scope.swagger() as unknown as ApiDocument),
  )
  scope.get('/docs', hidden, (request, reply) =>
    page(request, reply.headers({ 'content-security-policy': contentPolicy(), 'referrer-policy': 'no-referrer' })),
  )
  const { path, text, type } = referenceStyle
  scope.get(path, hidden, (_request, reply) =>
    reply.headers({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }).send(text),
  )
}

/** One page for every visitor, in the language of the API itself. */
function settingFor({ mode, publicUrl }: App): Setting {
  const isSandbox = mode === 'sandbox'
  return { language: 'en', locale: 'en', common: commonWords.en, isSandbox, root: rootOf(publicUrl), here: '/docs' }
}
