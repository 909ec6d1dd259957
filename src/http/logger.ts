import { type DestinationStream, type Logger, pino } from 'pino'
import { pathOf } from './error-body.ts'

export type LoggerOptions = {
  readonly level?: string
  readonly destination?: DestinationStream
  /** Says an error in a better known form, where it has one: an outage that was thrown as something else. */
  readonly asKnown?: (error: unknown) => unknown
}

/**
 * The program's log: one JSON object a line. Requests are logged by id, method and path, never with headers, query or
 * body; errors by name, code, message and stack, never with the fields a driver hangs on them (a failing row, a query).
 * The redaction below is the second line of defence, should code log a header by mistake.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const asKnown = options.asKnown ?? ((error) => error)
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: {
      err: (error: unknown) => describeError(asKnown(error)),
      req: describeRequest,
      res: describeResponse,
    },
    redact: { paths: redacted, censor: '[redacted]' },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

const secretNames = ['authorization', 'apiKey', 'cardNumber', 'securityCode', 'card', 'body', 'password', 'secret']
const redacted = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

type Described = { type: string; message: string; code?: string; stack?: string; cause?: Described }

/**
 * An error and its causes, five deep at most. An outage is no bug: each request that meets one says what is away, and not where in the program it
 * asked, so that the log of a busy server stays readable while its database is gone.
 */
function describeError(error: unknown, depth = 0, hasStack = !isOutage(error)): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error object' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(hasStack && error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < 5 && { cause: describeError(error.cause, depth + 1, hasStack) }),
  }
}

/** What is answered 503 with the time to wait. */
function isOutage(error: unknown): boolean {
  return error instanceof Error && 'retryAfterSeconds' in error
}

function describeRequest(request: { id?: unknown; method?: unknown; url?: unknown }): object {
  const path = typeof request.url === 'string' ? pathOf(request.url) : undefined
  return { id: request.id, method: request.method, path }
}

function describeResponse(response: { statusCode?: unknown }): object {
  return { status: response.statusCode }
}
