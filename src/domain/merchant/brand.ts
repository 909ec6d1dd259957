import type { Language } from '../../kernel/language.ts'

/** How the hosted pages of a merchant look. Null is the usual. */
export type Brand = {
  /** spoken to shoppers whose order says nothing of theirs; null: what their browser asks for */
  readonly language: Language | null
  /** `#0b5c49`, small letters; pages make shades of it that can be read */
  readonly colour: string | null
  readonly logoId: string | null
}

export const usualBrand: Brand = { language: null, colour: null, logoId: null }

/** The colour as it is kept; undefined for what is none. */
export function parseColour(text: string): string | undefined {
  const colour = text.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(colour)) return colour
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(colour)
  return short
    ? `#${short
        .slice(1)
        .map((each) => each + each)
        .join('')}`
    : undefined
}
