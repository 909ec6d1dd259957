import type { Language } from '../../../kernel/language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import type { PayWords } from './pay-words.ts'
import { pt } from './pt.ts'

export type { PayWords, ScriptWords } from './pay-words.ts'

/** Every language of the pay page: a new one does not compile before it has all its words. */
export const payWords: Readonly<Record<Language, PayWords>> = { en, it, fr, de, es, pt, nl, fi, is }
