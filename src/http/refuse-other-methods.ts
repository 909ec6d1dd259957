import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'

const answered = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Answer = (request: FastifyRequest, reply: FastifyReply, allowed: string) => FastifyReply

/**
 * Remembers every route that is registered in the scope from now on; the function it returns, called after the last one,
 * adds to each path the methods it lacks, answered by `answer` with the value for `Allow`, and OPTIONS, answered 204 with the
 * same. The framework alone would say 404. The scope's hooks, authentication among them, run first.
 */
export function refuseOtherMethods(scope: FastifyInstance, answer: Answer): () => void {
  const served = new Map<string, Set<string>>()
  scope.addHook('onRoute', ({ url, method }: RouteOptions) => {
    const methods = served.get(url) ?? new Set<string>()
    for (const each of [method].flat()) methods.add(each)
    served.set(url, methods)
  })
  return () => {
    for (const [url, methods] of [...served]) refuseMissing(scope, url, methods, answer)
  }
}

function refuseMissing(scope: FastifyInstance, url: string, methods: ReadonlySet<string>, answer: Answer): void {
  const allowed = [...methods].toSorted().join(', ')
  const missing = answered.filter((method) => !methods.has(method))
  // Asked by tools that look around. No pages of other origins are let in: there are no headers for them.
  scope.route({
    method: 'OPTIONS',
    url,
    schema: { hide: true },
    handler: (_request, reply) => reply.code(204).header('allow', `${allowed}, OPTIONS`).send(),
  })
  scope.route({
    method: missing,
    url,
    schema: { hide: true },
    exposeHeadRoute: false,
    handler: (request, reply) => answer(request, reply, allowed),
  })
}
