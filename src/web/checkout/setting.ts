import type { FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { parsePaymentId } from '../../kernel/ids.ts'
import { type Setting as SharedSetting, settingOf as sharedSettingOf } from '../shared/setting.ts'
import { type Words, words } from './words/index.ts'

/** What every page of the checkout needs to know. */
export type Setting = SharedSetting & {
  readonly words: Words
  /** path of the checkout without a trailing slash, below whatever prefix a proxy adds: `/checkout` */
  readonly base: string
}

export function settingOf(app: App, request: FastifyRequest): Setting {
  const setting = sharedSettingOf(app, request)
  const { token } = request.query as { token?: unknown }
  // The oldest form of the address has the token in its query; links to the page itself use the other one.
  const here = typeof token === 'string' && parsePaymentId(token) ? `/checkout/${token}` : setting.here
  return { ...setting, here, words: words[setting.language], base: `${setting.root}/checkout` }
}
