import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { languageOf } from '../../kernel/language.ts'
import { languageCookie, ownPath, rootOf } from './setting.ts'

const year = 365 * 86_400

/** A hook: `?lang=it` remembers the language and shows the same page again without it. Other parameters are kept. */
export function chooseLanguageHook(app: Pick<App, 'publicUrl'>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!request.url.includes('?')) return undefined
    const query = new URLSearchParams(request.url.split('?')[1] ?? '')
    const language = languageOf(query.get('lang'))
    if (language === undefined || request.method !== 'GET') return undefined
    query.delete('lang')
    const rest = query.size > 0 ? `?${query}` : ''
    const root = rootOf(app.publicUrl)
    reply.setCookie(languageCookie, language, {
      path: `${root}/`,
      maxAge: year,
      sameSite: 'lax',
      httpOnly: true,
      secure: app.publicUrl.startsWith('https:'),
    })
    return reply.redirect(`${root}${ownPath(request)}${rest}`, 303)
  }
}
