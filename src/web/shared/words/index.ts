import type { Language } from '../../../kernel/language.ts'
import type { CommonWords } from './common-words.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'

export type { CommonWords, Notice } from './common-words.ts'

/** Every language the hosted pages speak: a new one does not compile before it has all its words. */
export const commonWords: Readonly<Record<Language, CommonWords>> = { en, it, fr, de, es, pt, nl, fi, is }
