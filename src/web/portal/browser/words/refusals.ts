import type { RefusalCode } from '../../api/refusal-code.ts'

/** The language's own words for what a detail may name. */
export type Named = {
  readonly status: Readonly<Record<string, string>>
  readonly roles: Readonly<Record<string, string>>
}

/** What the page says of each refusal; the detail is what varies in it. `unreachable` is the browser's own. */
export type Refusals = Readonly<
  Record<RefusalCode | 'unreachable', string | ((detail: string, named: Named) => string)>
>
