/** The scheme in any case, exactly one space, and a key of no more characters than any key has. */
const form = /^bearer ([\x21-\x7e]{1,512})$/i

/** The key that came as `Authorization: Bearer <key>`; undefined without one. */
export function bearerOf({
  headers,
}: {
  readonly headers: { readonly authorization?: string | undefined }
}): string | undefined {
  return form.exec(headers.authorization ?? '')?.[1]
}
