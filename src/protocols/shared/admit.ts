import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { Result } from '../../kernel/result.ts'

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void

/** Who may come in: `find` says who a request is from, or why it is turned away; `keep` puts the caller where handlers look. */
export type Door<Caller, Reason> = {
  readonly find: (request: FastifyRequest) => Promise<Result<Caller, Reason>>
  readonly keep: (request: FastifyRequest, caller: Caller) => void
  readonly refuse: (request: FastifyRequest, reply: FastifyReply, reason: Reason) => unknown
}

/** Lets a request through whose caller is found, before its body is read. What `find` throws is an outage or a bug. */
export function admit<Caller, Reason>({ find, keep, refuse }: Door<Caller, Reason>): OnRequest {
  return (request, reply, done) => {
    find(request).then((caller) => {
      if (!caller.ok) {
        refuse(request, reply, caller.reason)
        return
      }
      keep(request, caller.value)
      done()
    }, done)
  }
}
