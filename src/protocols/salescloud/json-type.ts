/** Whether a body under this content type, or under none, may be JSON in UTF-8. */
export function isJsonType(contentType: string | undefined): boolean {
  if (contentType === undefined) return true
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  return /^application\/([\w.-]+\+)?json$/.test(type.trim()) && /^(charset="?utf-?8"?)?$/.test(charset ?? '')
}
