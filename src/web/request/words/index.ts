import type { Language } from '../../../kernel/language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import type { RequestWords } from './request-words.ts'

export type { RequestWords } from './request-words.ts'

/** Every language of these pages: a new one does not compile before it has all its words. */
export const requestWords: Readonly<Record<Language, RequestWords>> = { en, it, fr, de, es, pt, nl, fi, is }
