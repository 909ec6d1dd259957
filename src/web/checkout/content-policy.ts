import type { ReturnUrls } from '../../app/app.ts'

/**
 * The page's Content-Security-Policy: nothing runs, the style sheet is this server's own, nobody frames the page.
 *
 * `form-action` names schemes, not the shop's origin. Browsers of the Chromium family hold it against every redirect that
 * follows a posted form, the shop's own ones included: measured with Chromium 147, a shop whose return address leads
 * on from `api.` to `www.` would leave its shopper on this page, paid and stuck. Names are also not safe to print here, for
 * a URL's host may hold a semicolon. What is given up is a second fence behind the escaping of the templates.
 */
export function contentPolicy(urls: ReturnUrls | undefined): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...schemesOf(urls)].join(' ')}`,
  ].join('; ')
}

/** In CSP `http:` stands for both schemes; it is there only for shops that are themselves on http. */
function schemesOf(urls: ReturnUrls | undefined): readonly string[] {
  if (urls === undefined) return []
  return /^https:/i.test(urls.confirm) ? ['https:'] : ['http:']
}
