import type { FastifyInstance } from 'fastify'

export type PageCookie = { readonly name: string; readonly value: string }

/** Gives a cookie of plain letters to whoever comes for a page and does not bring it. It opens nothing: it is only a place to go on from. */
export function givePageCookie(server: FastifyInstance, { name, value }: PageCookie, isSecure: boolean): void {
  const pair = `${name}=${value}`
  const cookie = `${pair}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  server.addHook('onRequest', (request, reply, done) => {
    const isPage = request.headers.accept?.includes('text/html') ?? false
    if (isPage && !(request.headers.cookie ?? '').split(/;\s*/).includes(pair)) reply.header('set-cookie', cookie)
    done()
  })
}
