/**
 * true when a request's target lies below the prefix (`/v/`) as the router would read it: in absolute form, with doubled
 * slashes, with letters in percent-encoding. Does not throw on what no router can decode.
 */
export function isBelow(prefix: string, target: string): boolean {
  return target.length >= prefix.length && pathOfTarget(target).startsWith(prefix)
}

/** A request's target as the router would read it, with its query. */
export function pathOfTarget(target: string): string {
  return target
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\/{2,}/g, '/')
}
