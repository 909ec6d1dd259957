import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { currencyOf } from '../../../src/kernel/currency.ts'
import type { AttemptId } from '../../../src/kernel/ids.ts'
import { instantFromMillis } from '../../../src/kernel/instant.ts'
import { money } from '../../../src/kernel/money.ts'
import { createSandbox } from '../../../src/rails/card/sandbox/sandbox.ts'
import type { AcquirerRequest, FindOutcome, RailOutcome } from '../../../src/rails/rail.ts'
import type { BookCall, BookLine } from './book-line.ts'

/**
 * An acquirer that is a process of its own with a book on disk: what it approved stays approved, whoever is killed and whenever, itself
 * included. `node acquirer-process.ts BOOK PORT`.
 */
const [file = '', port = ''] = process.argv.slice(2)
const sandbox = createSandbox({ now: () => instantFromMillis(Date.UTC(2026, 0, 15)) })
const book = new Map<AttemptId, BookLine>()
// A line that was cut short was never answered.
const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
for (const line of lines) enter(JSON.parse(line))

createServer(async (request, response) => {
  const call = (await json(request)) as BookCall | AttemptId
  const outcome = typeof call === 'string' ? find(call) : await perform(call)
  response.end(JSON.stringify(outcome))
}).listen(Number(port), '127.0.0.1', () => console.log('open'))

function enter(line: BookLine): void {
  book.set(line.attemptId, line)
}

function keep(line: BookLine): void {
  // One line break: a second life begins after whatever the first one left half written.
  appendFileSync(file, `${JSON.stringify(line)}\n`)
  enter(line)
}

function find(attemptId: AttemptId): FindOutcome {
  if (!book.has(attemptId)) keep({ attemptId, purpose: 'closed', minor: '0', outcome: { kind: 'closed' } })
  const outcome = book.get(attemptId)?.outcome
  return outcome === undefined || outcome.kind === 'closed' ? { kind: 'never_seen' } : outcome
}

async function perform({ request, minor, currency, token }: BookCall): Promise<RailOutcome> {
  const { attemptId, purpose } = request
  const known = book.get(attemptId)
  if (known && known.outcome.kind !== 'closed') return known.outcome
  if (known) return { kind: 'declined', reason: 'duplicate', code: '94', payload: {} }
  const amount = money(currencyOf(currency) ?? fail(), BigInt(minor))
  const card = token === null ? {} : { card: { token, last4: token.split('_')[1] } }
  const outcome = await sandbox.perform({ ...request, ...card, amount } as AcquirerRequest, 1_000)
  keep({ attemptId, purpose, minor, outcome })
  return outcome
}

function fail(): never {
  throw new Error('a currency that does not exist')
}
