import type { ScriptWords } from '../words/pay-words.ts'

/** What the page brought along, in the payer's language. */
export function wordsOf(): ScriptWords {
  return JSON.parse(document.querySelector<HTMLElement>('[data-live]')?.dataset.words ?? '{}') as ScriptWords
}

/** Says it where people see it, and screen readers hear it once. */
export function say(text: string): void {
  const place = document.querySelector('[data-told]')
  if (!place) return
  place.classList.remove('trouble')
  if (place.textContent !== text) place.textContent = text
}

say.isTrouble = (isTrouble: boolean): void => {
  document.querySelector('[data-told]')?.classList.toggle('trouble', isTrouble)
}
