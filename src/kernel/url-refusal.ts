/** Why a URL that somebody typed is not called. */
export type UrlRefusal =
  | 'not_a_url'
  | 'too_long'
  | 'forbidden_character'
  | 'scheme'
  | 'https_required'
  | 'credentials'
  | 'port'
  | 'host'
  | 'internal_name'
  | 'loopback'
  | 'address_not_public'

/** With the sentence for whoever typed it. */
export type UrlProblem = { readonly reason: UrlRefusal; readonly sentence: string }
