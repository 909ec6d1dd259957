/** Parts as the server wrote them, since the script draws into some. */
const written = new Map<string, string>()

export function rememberParts(): void {
  written.clear()
  for (const [name, part] of partsOf(document)) written.set(name, textOf(part))
}

/**
 * Puts the page as it is now in the place of what is shown. While it is the same kind of page only the parts that differ are replaced: focus stays where
 * it is, and a screen reader hears what has changed and nothing else. Another kind of page is read from its heading.
 */
export function swap(page: Document): void {
  document.title = page.title
  const [shown, fresh] = [parentOf(document), parentOf(page)]
  const [before, after] = [partsOf(document), partsOf(page)]
  const isSame = shown && fresh && before.size > 0 && [...before.keys()].join() === [...after.keys()].join()
  if (!isSame) {
    replaceAll(page)
    return
  }
  shown.dataset.version = fresh.dataset.version ?? ''
  shown.dataset.live = fresh.dataset.live ?? ''
  for (const [name, part] of after) {
    const own = before.get(name)
    if (!own || textOf(part) === written.get(name)) continue
    own.replaceWith(part)
    part.dispatchEvent(new Event('renewed', { bubbles: true }))
  }
  rememberNew(after)
}

function replaceAll(page: Document): void {
  const [main, fresh] = [document.querySelector('main'), page.querySelector('main')]
  if (!main || !fresh) return
  main.replaceChildren(...fresh.childNodes)
  main.dispatchEvent(new Event('renewed', { bubbles: true }))
  const heading = main.querySelector('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus()
  rememberParts()
}

function rememberNew(parts: ReadonlyMap<string, HTMLElement>): void {
  for (const [name, part] of parts) written.set(name, textOf(part))
}

function parentOf(page: Document): HTMLElement | null {
  return page.querySelector<HTMLElement>('[data-live]')
}

function partsOf(page: Document): ReadonlyMap<string, HTMLElement> {
  const parts = page.querySelectorAll<HTMLElement>('[data-part]')
  return new Map([...parts].map((part) => [part.dataset.part ?? '', part]))
}

/** A part with a key is another one when its key is. */
function textOf(part: HTMLElement): string {
  return part.dataset.key ?? part.innerHTML
}
