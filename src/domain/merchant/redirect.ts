/** What the shopper's browser reports to the shop (scalapay.md 14.2). */
export type RedirectStatus = 'SUCCESS' | 'FAILED'

/**
 * The merchant's return URL with `orderToken` and `status` added at the end of its query. Everything the merchant wrote
 * stays byte for byte and in order, a fragment stays last; only characters that a Location header cannot carry are
 * percent-encoded. `url` has been checked by `isRedirectUrl`.
 */
export function redirectUrl(url: string, orderToken: string, status: RedirectStatus): string {
  const hashAt = url.indexOf('#')
  const beforeHash = hashAt === -1 ? url : url.slice(0, hashAt)
  const fragment = hashAt === -1 ? '' : url.slice(hashAt)
  const added = `${joint(beforeHash)}orderToken=${encodeURIComponent(orderToken)}&status=${status}`
  return (beforeHash + added + fragment).replace(notInHeader, encodeURIComponent)
}

const notInHeader = /[^\x21-\x7e]+/gu

/** What goes between the merchant's URL and the first added parameter. */
function joint(url: string): string {
  if (!url.includes('?')) return '?'
  return url.endsWith('?') || url.endsWith('&') ? '' : '&'
}

const absoluteHttp = /^https?:\/\/[^/?#\\]/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not be there
const neverInUrl = /[\u0000-\u0020\u007f\\]/

/** 8,000 characters: what browsers and servers on the way are known to carry. */
const maximumLength = 8_000

/** An absolute http(s) URL that can be put into a Location header. Other schemes would run script in the shop's name. */
export function isRedirectUrl(text: string): boolean {
  if (text.length > maximumLength || neverInUrl.test(text) || !absoluteHttp.test(text)) return false
  return text.isWellFormed() && URL.canParse(text)
}
