import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
  type RouteOptions,
} from 'fastify'
import { answerClientErrors, answerConnect, type UnreadableRequest } from './client-errors.ts'
import { type DocsInfo, registerDocs } from './docs.ts'
import { type Elsewhere, orElsewhere } from './elsewhere.ts'
import { answerLastResort, lastResortError } from './last-resort.ts'
import { createListener, type TlsFiles } from './listener.ts'
import { type Operations, registerOperations } from './operations.ts'
import { givePageCookie, type PageCookie } from './page-cookie.ts'
import { strictTransport } from './raw-answer.ts'
import { parseNothing } from './request/raw-bodies.ts'
import { isBelow } from './request/request-target.ts'
import { decorateServed, logServed, type ServedLog } from './request/served-request.ts'

/** A protocol or a set of pages: routes in a scope of their own, with their own errors. */
export type Part<App> = {
  readonly name: string
  register(scope: FastifyInstance, app: App): Promise<void>
  /** answers for addresses below `prefix` that no router can read (`%zz`, a parameter of 2 KB), which reach no scope */
  readonly unreadableAddress?: {
    readonly prefix: string
    readonly answer: (request: FastifyRequest, reply: FastifyReply) => FastifyReply
  }
  /** answers input below `prefix` that is not HTTP and so reaches no router; also input whose address cannot be read */
  readonly unreadableRequest?: UnreadableRequest
}

export type ServerOptions<App> = {
  readonly app: App
  readonly protocols: readonly Part<App>[]
  readonly pages: readonly Part<App>[]
  readonly operations: Operations
  /** undefined: no `/docs` */
  readonly docs: DocsInfo | undefined
  readonly logger: FastifyBaseLogger
  readonly tls?: TlsFiles | undefined
  /** What answers a request instead of this server; undefined: this server. A rejection is answered 503. */
  readonly elsewhere?: Elsewhere | undefined
  /** kept by browsers that come for a page */
  readonly pageCookie?: PageCookie | undefined
  /** keeps requests of the protocols whose merchant is known; absent: none are kept */
  readonly served?: ServedLog
  /** counts the answers of a part, each by its status and the milliseconds it took */
  readonly answersOf?: (part: string) => (status: number, latencyMs: number) => void
  /** told of every route as it is registered */
  readonly onRoute?: (route: RouteOptions) => void
}

/** The HTTP server, ready to `listen` or `inject`. Knows paths, limits and headers; what they are for is in the parts. */
export async function buildServer<App>(options: ServerOptions<App>): Promise<FastifyInstance> {
  const server = createServer(options)
  if (options.onRoute) server.addHook('onRoute', options.onRoute)
  addCommonHeaders(server, options.tls !== undefined)
  if (options.pageCookie) givePageCookie(server, options.pageCookie, options.tls !== undefined)
  letGoWhenIdle(server)
  // Each part says for itself what it parses.
  parseNothing(server)
  decorateServed(server)
  answerLastResort(server)
  if (options.docs) await registerDocs(server, options.docs)
  registerOperations(server, options.operations)
  for (const part of options.protocols) {
    await server.register(async (scope) => {
      if (options.served) logServed(scope, part.name, options.served)
      countAnswers(scope, options.answersOf?.(part.name))
      await part.register(scope, options.app)
    })
  }
  for (const part of options.pages) {
    await server.register(async (scope) => {
      countAnswers(scope, options.answersOf?.(part.name))
      await part.register(scope, options.app)
    })
  }
  await server.ready()
  return server
}

function countAnswers(scope: FastifyInstance, count: ((status: number, latencyMs: number) => void) | undefined): void {
  if (!count) return
  scope.addHook('onResponse', (_request, reply, done) => {
    count(reply.statusCode, reply.elapsedTime)
    done()
  })
}

function createServer<App>({ logger, tls, protocols, pages, elsewhere }: ServerOptions<App>): FastifyInstance {
  const parts = [...protocols, ...pages]
  const owners = parts.flatMap((part) => part.unreadableAddress ?? [])
  const newRequestId = requestIds()
  const onClientError = answerClientErrors({
    parts: parts.flatMap((part) => part.unreadableRequest ?? []),
    log: logger,
    newRequestId,
    isTls: tls !== undefined,
  })
  const server = fastify({
    loggerInstance: logger,
    // A line per success would cost more than many a request; refusals and failures log themselves with their id.
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for every request would cost 4 of the 20 microseconds that a request has: ids are logged by hand.
    childLoggerFactory: (parent) => parent,
    genReqId: newRequestId,
    bodyLimit,
    serverFactory: (handler) => createListener(elsewhere ? orElsewhere(handler, elsewhere) : handler, tls),
    clientErrorHandler: onClientError,
    frameworkErrors: (error, request, reply) => {
      // What no router can read meets no hook either.
      setCommonHeaders(request, reply, tls !== undefined)
      const owner = owners.find(({ prefix }) => isBelow(prefix, request.url))
      return owner ? owner.answer(request, reply) : lastResortError(error, request, reply)
    },
    // A server that is stopping answers what still comes in as usual: its protocols say in their own words that they cannot.
    return503OnClosing: false,
    routerOptions: {
      // Plugins whose base URL ends in a slash ask for `//v2/orders` (scalapay.md 1.1).
      ignoreDuplicateSlashes: true,
      ignoreTrailingSlash: true,
      maxParamLength: 1024,
    },
  })
  answerConnect(server.server, onClientError)
  return server
}

/** 256 KB, for every protocol: the largest real order body seen is about 20 KB. */
export const bodyLimit = 262_144

/** Unique within the process and, by its random start, across a fleet's logs. */
function requestIds(): () => string {
  const start = Math.random().toString(36).slice(2, 8)
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}

function addCommonHeaders(server: FastifyInstance, isTls: boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    setCommonHeaders(request, reply, isTls)
    done()
  })
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply, isTls: boolean): void {
  reply.header('x-request-id', request.id)
  reply.header('x-content-type-options', 'nosniff')
  if (isTls) reply.header('strict-transport-security', strictTransport)
}

/**
 * Node closes idle connections once, as closing begins. One that was busy then would be kept for as long as an idle one may
 * stay (72 seconds), and the process with it; so they are looked at again until the last is gone.
 */
function letGoWhenIdle(server: FastifyInstance): void {
  server.addHook('preClose', (done) => {
    if (!server.server.listening) return done()
    const sweep = setInterval(() => server.server.closeIdleConnections(), 20).unref()
    server.server.once('close', () => clearInterval(sweep))
    done()
  })
}
