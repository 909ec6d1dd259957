import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { withBench } from './bench.ts'
import { type Figure, isReached, tableOf } from './figure.ts'
import { hasPgbench } from './pgbench.ts'
import { scenarios, usualScenarios } from './scenarios/index.ts'
import { fullSizes, quickSizes } from './sizes.ts'

const help = `npm run bench -- [--all] [--quick] [--strict] [--only <figure>]

  --all             every figure, about ten minutes; without it: ${usualScenarios.map(({ name }) => name).join(', ')}
  --quick           under a minute, for a first look: short rounds, a small table
  --strict          exit code 1 when a figure is not reached
  --only <figure>   one of: ${scenarios.map(({ name }) => name).join(', ')}; may be given more than once`

/** Measures every figure and prints one table. The exit code is 1 when something failed to run. */
async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = values.only?.find((name) => !scenarios.some((each) => each.name === name))
  if (values.help || unknown !== undefined) {
    console.log(unknown === undefined ? help : `no figure is called ${unknown}\n\n${help}`)
    return unknown === undefined
  }
  await describeMachine()
  const wanted = values.only
    ? scenarios.filter(({ name }) => values.only?.includes(name))
    : values.all
      ? scenarios
      : usualScenarios
  const figures = await withBench(values.quick ? quickSizes : fullSizes, say, async (bench) => {
    const found: Figure[] = []
    for (const scenario of wanted) {
      say(`${scenario.name} ...`)
      found.push(...(await bench.run(scenario)))
    }
    return found
  })
  console.log(`\n${tableOf(figures)}`)
  return !values.strict || figures.every(isReached)
}

/** What else ran decides what the figures are worth. Goes to stderr, so that stdout is the table alone. */
async function describeMachine(): Promise<void> {
  const load = loadavg()[0] ?? 0
  say(`Node ${process.version}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before the start`)
  if (load > 0.7) say('this machine is busy with something else: the figures will be worth less')
  if (!(await hasPgbench())) say('pgbench is not installed: the comparison with it is left out')
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

process.exitCode = (await main()) ? 0 : 1
