import { say, wordsOf } from './say.ts'

/** Shows the copy buttons that are in the page now; none where the browser lets no page copy. */
export function showCopyButtons(): void {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy][hidden]')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '')
      say(wordsOf().copied)
      button.classList.add('done')
      setTimeout(() => button.classList.remove('done'), 2_000)
    })
  }
}
