const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** `Firefox, Windows` of what a browser says it is; its own words where these are none we know. */
export function deviceName(device: string): string {
  const named = [browsers, systems].flatMap((list) => list.find(([sign]) => device.includes(sign))?.[1] ?? [])
  return named.join(', ') || device || '–'
}
