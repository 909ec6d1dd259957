import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import { refuseOtherMethods } from '../../http/refuse-other-methods.ts'
import type { Part } from '../../http/server.ts'
import type { BuiltBundle, BuiltFile } from '../shared/build/built-bundle.ts'
import { forAMinute, forEver, sendBuilt, sendNotBuilt } from '../shared/build/send-built.ts'
import { widgetBundle } from './bundle.ts'
import { loaderPaths, loadersFor } from './loaders.ts'
import { sendTerms } from './send-terms.ts'
import type { WidgetApp } from './widget-app.ts'

/** The element for shops' pages: loaders, the versioned files they load, and what a merchant sells (docs/protocols/widget.md). */
export function widget(app: WidgetApp): Part<unknown> {
  return { name: 'widget', register: async (scope) => addRoutes(scope, app) }
}

const hidden = { schema: { hide: true } }

function addRoutes(scope: FastifyInstance, app: WidgetApp): void {
  scope.addHook('onRequest', addHeaders)
  const refuseTheRest = refuseOtherMethods(scope, (request, reply, allowed) => {
    reply.header('allow', allowed)
    return refuse(request, reply, 405, 'method_not_allowed', `This address answers ${allowed}.`)
  })
  const loaders = rememberLoaders(app)
  for (const path of Object.keys(loaderPaths))
    scope.get(path, hidden, (request, reply) => {
      const file = loaders()?.get(path)
      return file ? sendBuilt(request, reply, file, forAMinute) : sendNotBuilt(request, reply)
    })
  scope.get<{ Params: { token: string } }>('/widget/v5/merchants/:token', hidden, (request, reply) =>
    sendTerms(app, request.params.token, request, reply),
  )
  scope.get<{ Params: { version: string; file: string } }>('/widget/v5/:version/:file', hidden, (request, reply) => {
    const bundle = app.build.find(widgetBundle)
    return bundle ? sendFile(bundle, request.params, request, reply) : sendNotBuilt(request, reply)
  })
  refuseTheRest()
}

/** Every shop may load these from its own pages, whatever isolation it has chosen for them. */
function addHeaders(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
  done()
}

/** Written and compressed when the build is there, once. */
function rememberLoaders({ build, publicUrl }: WidgetApp): () => ReadonlyMap<string, BuiltFile> | undefined {
  let known: ReadonlyMap<string, BuiltFile> | undefined
  return () => {
    const bundle = build.find(widgetBundle)
    if (bundle) known ??= loadersFor(bundle.version, publicUrl)
    return known
  }
}

/**
 * Under its own version a file is kept for ever. Under another one, which a page that was open during an upgrade still asks for, or which
 * another server of a rolling upgrade has, today's file is the better answer than none.
 */
function sendFile(
  { version, files }: BuiltBundle,
  asked: { readonly version: string; readonly file: string },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const file = files.get(asked.file)
  if (!file) return refuse(request, reply, 404, 'not_found', 'No such file.')
  return sendBuilt(request, reply, file, asked.version === version ? forEver : forAMinute)
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  httpStatusCode: number,
  errorCode: string,
  message: string,
): FastifyReply {
  return sendErrorBody(request, reply, { errorCode, errorId: newErrorId(), message, httpStatusCode })
}
