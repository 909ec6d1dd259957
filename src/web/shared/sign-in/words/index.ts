import type { Language } from '../../../../kernel/language.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'
import type { SignInWords } from './sign-in-words.ts'

/** Every language of signing in: a new one does not compile before it has all its words. */
export const signInWords: Readonly<Record<Language, SignInWords>> = { en, it, fr, de, es, pt, nl, fi, is }
