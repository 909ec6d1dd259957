import type { Language } from '../../shared/language.ts'
import { en } from './en.ts'
import { it } from './it.ts'
import type { Words } from './words.ts'

export type { Notice, Words } from './words.ts'

/** Every language the checkout speaks: a new one does not compile before it has all its words. */
export const words: Readonly<Record<Language, Words>> = { en, it }
