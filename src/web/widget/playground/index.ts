import type { Part } from '../../../http/server.ts'
import { forEver, sendBuilt, sendNotBuilt } from '../../shared/build/send-built.ts'
import { contentPolicy } from '../../shared/content-policy.ts'
import { rootOf, type Setting } from '../../shared/setting.ts'
import { commonWords } from '../../shared/words/index.ts'
import { playgroundBundle, widgetBundle } from '../bundle.ts'
import { pinnedLine } from '../pinned-line.ts'
import type { WidgetApp } from '../widget-app.ts'
import { playgroundPage, playgroundStyle } from './page.ts'

const hidden = { schema: { hide: true } }

/** `/widget` in sandbox mode: a page for whoever puts the widget into a shop. In live mode there is no such page. */
export function playground({ mode, publicUrl, build }: Pick<WidgetApp, 'mode' | 'publicUrl' | 'build'>): Part<unknown> {
  const common = commonWords.en
  const setting: Setting = {
    language: 'en',
    locale: 'en',
    common,
    isSandbox: true,
    root: rootOf(publicUrl),
    here: '/widget',
  }
  return {
    name: 'playground',
    register: async (scope) => {
      if (mode !== 'sandbox') return
      scope.get('/widget', hidden, (_request, reply) => {
        const script = build.find(playgroundBundle)?.entries.playground?.name
        // The widget asks for its merchant; nothing else on the page asks anybody.
        reply.header('content-security-policy', `${contentPolicy()}; connect-src 'self'`)
        reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
        return reply.send(playgroundPage(setting, { script, pinned: pinnedLine(build.find(widgetBundle), publicUrl) }))
      })
      scope.get(playgroundStyle.path, hidden, (_request, reply) =>
        reply.headers({ 'content-type': playgroundStyle.type, 'cache-control': forEver }).send(playgroundStyle.text),
      )
      scope.get<{ Params: { file: string } }>('/widget/playground/:file', hidden, (request, reply) => {
        const bundle = build.find(playgroundBundle)
        const file = bundle?.files.get(request.params.file)
        if (!bundle) return sendNotBuilt(request, reply)
        return file ? sendBuilt(request, reply, file, forEver) : reply.callNotFound()
      })
    },
  }
}
