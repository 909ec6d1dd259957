import { Agent, errors, request } from 'undici'
import { CliError } from './cli-error.ts'
import { exitCodes } from './exit-codes.ts'

export type ServerCall = {
  readonly url: string
  readonly path: string
  readonly key: string
  /** given: a POST with this as its JSON */
  readonly body?: object
  readonly idempotencyKey?: string
}

export type ServerAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/**
 * Asks the running server. Waits as long as it takes: moving the clock by a year is long work. Answers 2xx and 4xx; a server that is
 * away, busy or not a Tercet server throws CliError.
 */
export async function askServer({ url, path, key, body, idempotencyKey }: ServerCall): Promise<ServerAnswer> {
  const patient = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 5_000 } })
  try {
    const response = await request(`${url}${path}`, {
      dispatcher: patient,
      method: body ? 'POST' : 'GET',
      headers: {
        ...{ authorization: `Bearer ${key}`, accept: 'application/json', 'content-type': 'application/json' },
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = { status: response.statusCode, body: parseObject(await response.body.text()) }
    if (answer.status >= 500)
      throw new CliError(`the server at ${url} cannot now: ${messageOf(answer)}`, exitCodes.unavailable)
    return answer
  } catch (error) {
    if (!isOutage(error)) throw error
    const why = error.message || error.code
    throw new CliError(`no server answers at ${url}: ${why}`, exitCodes.unavailable, { cause: error })
  } finally {
    await patient.close()
  }
}

/** What a refusing server says, for the operator's line: always a sentence. */
function messageOf({ status, body }: ServerAnswer): string {
  const { message } = body
  const words = typeof message === 'string' ? message : fieldErrorsIn(message)
  return (words || `it refused without saying why (status ${status})`).slice(0, 500)
}

/** The sentences of a validation error, which has a list of them instead of a text. */
function fieldErrorsIn(message: unknown): string {
  const errors = isRecord(message) && Array.isArray(message.errors) ? message.errors : []
  return errors
    .flatMap((error: unknown) => (isRecord(error) && Array.isArray(error.messages) ? error.messages : []))
    .filter((text) => typeof text === 'string')
    .join('; ')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

type Asked = {
  /** what a 404 means here */
  readonly missing: string
  /** the order that was asked about */
  readonly token?: string
}

/** Throws the server's own words unless it did what it was asked to. */
export function refuseUnlessOk(answer: ServerAnswer, { missing, token }: Asked): void {
  if (answer.status < 300) return
  if (answer.status === 401) throw new CliError('the server does not know this key: give a merchant key with --key')
  if (answer.status === 404 && typeof answer.body.message !== 'string') throw new CliError(missing)
  if (answer.body.errorCode === 'invalid_token' && token !== undefined)
    throw new CliError(
      `the merchant of this key has no order ${token}: tercet orders list shows them, --key names another`,
    )
  throw new CliError(messageOf(answer))
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    // A refusal: whatever answered, it is not JSON. The status says the rest.
    if (error instanceof SyntaxError || error instanceof RangeError) return {}
    throw error
  }
}

function isOutage(error: unknown): error is Error & { code: string } {
  if (error instanceof errors.UndiciError) return true
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code)
}
