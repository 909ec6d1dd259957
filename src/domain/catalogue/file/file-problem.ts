/** A mistake with a catalogue file: `products[3].variations[0].type`, "is not one of the product's types". */
export type FileProblem = { readonly path: string; readonly message: string }

/** More would not be read. */
export const maximumProblems = 20

/** `/products/3/price` as `products[3].price`; the empty pointer is the file itself. */
export function pathOfPointer(pointer: string): string {
  const steps = pointer.split('/').slice(1).map(unescaped)
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')
  return path.replace(/^\./, '') || 'the file'
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** A problem for each key that came before, at its path; entries are `[key, path]`. */
export function repeated(entries: readonly (readonly [string, string])[]): FileProblem[] {
  const seen = new Map<string, string>()
  return entries.flatMap(([key, path]) => {
    const first = seen.get(key)
    if (first === undefined) seen.set(key, path)
    return first === undefined ? [] : [{ path, message: `repeats ${first}` }]
  })
}
