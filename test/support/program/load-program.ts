/*
 * Loads the whole program and ends, so that what Node makes of its files is kept for every process of a run of all suites. A server that is killed, as
 * some are fifty times, keeps nothing.
 */
await Promise.all([
  import('../../../src/cli/run-cli.ts'),
  import('../../../src/cli/commands/start.ts'),
  import('../../../src/main/start.ts'),
  import('../../../src/main/wire/wire.ts'),
])
