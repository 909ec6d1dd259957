import { useLanguage } from '../index.ts'
import { type DeveloperWords, en } from './en.ts'
import { it } from './it.ts'

const languages = { en, it } as const

export function useDeveloperWords(): DeveloperWords {
  return languages[useLanguage().language]
}
