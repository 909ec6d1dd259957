import { Agent, type Dispatcher, request } from 'undici'
import type { Attacked } from './attacked.ts'
import type { Tally } from './tally.ts'

export type Question = {
  readonly method?: Dispatcher.HttpMethod
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** an object is sent as JSON */
  readonly body?: string | Buffer | object
}

export type Answered = { readonly status: number; readonly text: string }

/** Asks once, and counts the answer under the name. `lost`: none came. */
export type Ask = (name: string, question: Question) => Promise<Answered | 'lost'>

export type Attack = {
  readonly attacked: Attacked
  readonly tally: Tally
  readonly ask: Ask
  /** aborted when nothing new is to be begun */
  readonly over: AbortSignal
  /** how often the clock was moved by days: what was open then may have expired */
  readonly days: { moves: number; isMoving: boolean }
}

/** Whether something may have expired that was open when `before` moves had begun. */
export function haveDaysPassed({ days }: Attack, before: number): boolean {
  return days.isMoving || days.moves > before
}

/** A server error that is not 503 surprises; so does no answer at all while nothing is hurt. A crowded machine alone can make it 503. */
export function createAsk(
  attacked: Attacked,
  tally: Tally,
): { readonly ask: Ask; readonly close: () => Promise<void> } {
  const agent = new Agent({ connections: 64, headersTimeout: 300_000, bodyTimeout: 300_000 })
  const ask: Ask = async (name, { method = 'POST', path, headers = {}, body }) => {
    const hurts = attacked.hurts()
    const isWell = () => hurts !== undefined && hurts === attacked.hurts()
    const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
    const sent = body === undefined || isRaw ? body : JSON.stringify(body)
    try {
      const type = sent === undefined ? {} : { 'content-type': 'application/json' }
      const options = {
        method,
        headers: { ...type, ...headers },
        dispatcher: agent,
        ...(sent !== undefined && { body: sent }),
      }
      const answer = await request(`${attacked.url}${path}`, options as Parameters<typeof request>[1])
      const text = await answer.body.text()
      const { statusCode: status } = answer
      tally.count(`${name}: ${status}${codeOf(status, text)}`)
      if (status === 503 && isWell()) tally.count('answered 503 while nothing was hurt')
      if (status >= 500 && status !== 503) tally.surprise(`${name}: ${status}`, { path, sent: shown(sent), text })
      return { status, text }
    } catch (error) {
      const wasWell = isWell()
      tally.count(`${name}: no answer${wasWell ? ' while all was well' : ''}`)
      if (wasWell)
        tally.surprise(`${name}: no answer while all was well`, { path, sent: shown(sent), error: String(error) })
      return 'lost'
    }
  }
  return { ask, close: () => agent.destroy() }
}

/** What a refusal calls itself, in whichever protocol. */
function codeOf(status: number, text: string): string {
  if (status < 400) return ''
  const code = /"(?:errorCode|code|error)":\s*"?([\w-]{1,40})/.exec(text.slice(0, 2_000))?.[1]
  return code === undefined ? '' : ` ${code}`
}

function shown(sent: unknown): unknown {
  return Buffer.isBuffer(sent) ? sent.toString('utf8', 0, 3_000) : sent
}

export function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` }
}
