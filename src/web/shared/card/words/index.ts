import type { Language } from '../../../../kernel/language.ts'
import type { CardWords } from './card-words.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fi } from './fi.ts'
import { fr } from './fr.ts'
import { is } from './is.ts'
import { it } from './it.ts'
import { nl } from './nl.ts'
import { pt } from './pt.ts'

export type { CardWords } from './card-words.ts'

export const cardWords: Readonly<Record<Language, CardWords>> = { en, it, fr, de, es, pt, nl, fi, is }
