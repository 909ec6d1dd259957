/** The shop says that a price has changed: `dispatchEvent(new CustomEvent('scalapay-widget-reload'))`. */
export const reloadEvent = 'scalapay-widget-reload'

/** What is typed or chosen in a field changes no attribute of it. */
const events = [reloadEvent, 'input', 'change', 'click']

export type PageCallback = (event?: Event) => void

const callbacks = new Set<PageCallback>()
let timer: ReturnType<typeof setTimeout> | 0 = 0

/** Long enough that a page which animates its texts costs nothing, too short to be seen. */
const pauseMs = 50

/**
 * Calls back at the events above, and soon after any change of the page's elements and texts. One observer for all widgets of a page:
 * prices appear late, and variants replace the elements that hold them. Answers what ends it.
 */
export function watchPage(callback: PageCallback): () => void {
  if (callbacks.size === 0) {
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributeFilter })
    for (const event of events) addEventListener(event, tell)
  }
  callbacks.add(callback)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size > 0) return
    observer.disconnect()
    for (const event of events) removeEventListener(event, tell)
  }
}

const attributeFilter = ['content', 'value', 'class', 'id', 'lang', 'hidden']

const observer = new MutationObserver(() => {
  if (timer !== 0) return
  timer = setTimeout(() => {
    timer = 0
    tell()
  }, pauseMs)
})

function tell(event?: Event): void {
  for (const callback of [...callbacks]) callback(event)
}
