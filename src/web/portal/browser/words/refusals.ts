import type { RefusalCode } from '../../api/refusal-code.ts'

/** What the page says of each refusal; the detail is what varies in it. `unreachable` is the browser's own. */
export type Refusals = Readonly<Record<RefusalCode | 'unreachable', string | ((detail: string) => string)>>
