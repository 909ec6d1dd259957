/** An expected refusal is a value: the caller cannot forget it, and the compiler lists every reason. */
export type Result<T, Reason> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Reason }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<Reason>(reason: Reason): { readonly ok: false; readonly reason: Reason } {
  return { ok: false, reason }
}

type Values<Results extends Readonly<Record<string, Result<unknown, unknown>>>> = {
  readonly [Name in keyof Results]: Extract<Results[Name], { ok: true }>['value']
}

type Reasons<Results extends Readonly<Record<string, Result<unknown, unknown>>>> = Extract<
  Results[keyof Results],
  { ok: false }
>['reason']

/** The values of all of them by their names, or the first reason among them, in the order in which they are written. */
export function allOf<Results extends Readonly<Record<string, Result<unknown, unknown>>>>(
  results: Results,
): Result<Values<Results>, Reasons<Results>> {
  const values: Record<string, unknown> = {}
  for (const [name, result] of Object.entries(results)) {
    if (!result.ok) return refuse(result.reason as Reasons<Results>)
    values[name] = result.value
  }
  return ok(values as Values<Results>)
}
