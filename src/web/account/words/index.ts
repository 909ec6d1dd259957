import type { Language } from '../../../kernel/language.ts'
import type { AccountWords } from './account-words.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'

export type { AccountWords } from './account-words.ts'

/** Every language of the account: a new one does not compile before it has all its words. */
export const accountWords: Readonly<Record<Language, AccountWords>> = { en, it, fr, de, es, pt, nl, fi, is }
