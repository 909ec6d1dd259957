import type { FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import type { Language } from '../../kernel/language.ts'
import { type Setting as SharedSetting, settingOf as sharedSettingOf } from '../shared/setting.ts'
import { type Words, words } from './words/index.ts'

/** What every page of the checkout needs to know. */
export type Setting = SharedSetting & { readonly words: Words }

/** `preferred` is the language that the order says its shopper speaks. */
export function settingOf(app: App, request: FastifyRequest, preferred?: Language | undefined): Setting {
  const setting = sharedSettingOf(app, request, preferred)
  return { ...setting, words: words[setting.language] }
}
