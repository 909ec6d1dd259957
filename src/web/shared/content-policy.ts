/**
 * The Content-Security-Policy of every hosted page: style, script and pictures are this server's own, nothing stands inline,
 * nobody frames the page. `leavesFor` is a URL that a form on the page may in the end lead to.
 *
 * `form-action` names schemes, not the shop's origin. Browsers of the Chromium family hold it against every redirect that
 * follows a posted form, the shop's own ones included: measured with Chromium 147, a shop whose return address leads
 * on from `api.` to `www.` would leave its shopper on this page, paid and stuck. Names are also not safe to print here, for
 * a URL's host may hold a semicolon. What is given up is a second fence behind the escaping of the templates.
 *
 * `isLive` lets the page's script ask this server, and show pictures that it holds itself: the icons that wallets announce.
 */
export function contentPolicy(leavesFor?: string | undefined, { isLive = false } = {}): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    `img-src 'self'${isLive ? ' data:' : ''}`,
    ...(isLive ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...schemesOf(leavesFor)].join(' ')}`,
  ].join('; ')
}

/** In CSP `http:` stands for both schemes; it is there only for shops that are themselves on http. */
function schemesOf(url: string | undefined): readonly string[] {
  if (url === undefined) return []
  return /^https:/i.test(url) ? ['https:'] : ['http:']
}
