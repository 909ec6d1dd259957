const said = new Set<unknown>()

/** For the shop's developer: a widget that hides itself says why, and does not repeat it. */
export function warnOnce(message: unknown): void {
  if (said.has(message)) return
  said.add(message)
  // biome-ignore lint/suspicious/noConsole: it is the only way to reach whoever put the widget there
  console.warn(`scalapay widget: ${message}`)
}
