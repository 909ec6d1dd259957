/** Every field that a page of ours reads, so that a form of these is read as far as it can be. */
const fields = [
  ...['contact', 'code', 'card', 'number', 'securityCode', 'expiry', 'name', 'total', 'text', 'key', 'id'],
  ...['givenNames', 'surname', 'birthDate', 'address', 'postcode', 'city', 'country', 'other'],
  ...['chain', 'token', 'choice', 'plan', 'email', 'phone', 'language', 'csrf'],
]

/** Values that a careless pattern reads for ever, or that are many for their size. */
const pieces = ['a', ' ', '1 ', '-', 'a@a.', '\u00e9', '<', '0']

type Form = { readonly name: string; readonly fields: Readonly<Record<string, string>> }

/** Forms of about `limit` bytes whose values are one piece again and again. */
export function worstForms(limit: number): readonly Form[] {
  return pieces.map((piece) => {
    const each = encodeURIComponent(piece).replaceAll('%20', '+').length
    const value = piece.repeat(Math.max(1, Math.floor(limit / fields.length / each)))
    return {
      name: `long values of ${JSON.stringify(piece)}`,
      fields: Object.fromEntries(fields.map((name) => [name, value])),
    }
  })
}

/** Bodies that are forms to nobody but the parser. */
export function worstFormBodies(limit: number): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const of = (name: string, piece: string) => ({
    name,
    bytes: Buffer.from(piece.repeat(Math.floor(limit / piece.length))),
  })
  return [
    of('many fields of a form', 'a=1&'),
    of('a form of separators', '&'),
    of('a form of escapes', '%2'),
    of('a form of brackets', '[a]='),
    of('one name again and again', 'card&'),
  ]
}
