// Run by npm at the end of an installation. It never fails one: whoever starts the program builds what is missing, and says why it cannot.
try {
  await import('./build.ts')
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`what browsers load was not built now, it will be at the first start (${reason})\n`)
}
