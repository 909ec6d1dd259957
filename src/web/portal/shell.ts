import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { forEver, sendBuilt, sendNotBuilt } from '../shared/build/send-built.ts'
import { html } from '../shared/html.ts'
import { rootOf } from '../shared/setting.ts'
import { icon } from '../shared/style/icon.ts'
import { setSessionCookie } from './api/cookie.ts'
import { portalBundle } from './bundle.ts'
import { originOf } from './origin.ts'
import type { PortalApp } from './portal-app.ts'

const hidden = { schema: { hide: true } }

/** `/portal`: one page that the browser's own router fills, the files it is built of, and the sandbox's door for the demo owner. */
export function registerShell(scope: FastifyInstance, app: PortalApp): void {
  scope.get<{ Params: { file: string } }>('/portal/assets/:file', hidden, (request, reply) => {
    const bundle = app.build.find(portalBundle)
    const file = bundle?.files.get(request.params.file)
    if (!bundle) return sendNotBuilt(request, reply)
    return file ? sendBuilt(request, reply, file, forEver) : reply.code(404).send()
  })
  const { demo } = app.users
  if (demo)
    scope.get<{ Querystring: { to?: unknown } }>('/portal/demo', hidden, async (request, reply) => {
      setSessionCookie(app, reply, await demo(originOf(request, app)))
      // Below the portal only, so that no link leads its reader elsewhere by this one.
      const { to } = request.query
      const place = typeof to === 'string' && /^[a-z][a-z/-]{0,60}$/.test(to) ? to : ''
      return reply.redirect(`${rootOf(app.publicUrl)}/portal/${place}`, 303)
    })
  scope.get('/portal', hidden, (request, reply) => sendShell(app, request, reply))
  scope.get('/portal/*', hidden, (request, reply) => sendShell(app, request, reply))
}

function sendShell(app: PortalApp, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const bundle = app.build.find(portalBundle)
  const entry = bundle?.entries.main
  if (!bundle || !entry) return sendNotBuilt(request, reply)
  const nonce = randomBytes(16).toString('base64')
  reply.headers({
    'content-security-policy': policy(nonce),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  })
  const root = rootOf(app.publicUrl)
  const assets = `${root}/portal/assets`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="csp-nonce" nonce="${nonce}">
<meta name="tercet-root" content="${root}">
<meta name="tercet-mode" content="${app.mode}">
<title>Tercet portal</title>
<link rel="icon" href="${root}${icon.path}" type="${icon.type}">
${(bundle.styles.main ?? []).map((name) => html`<link rel="stylesheet" href="${assets}/${name}">`)}
<script type="module" src="${assets}/${entry.name}"></script>
</head>
<body><div id="portal"></div><noscript>The portal needs JavaScript.</noscript></body>
</html>`
  return reply.header('content-type', 'text/html; charset=utf-8').send(String(page))
}

/** Script and style from here alone; the one nonce is for the styles that components add at run time. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
