import { rememberParts, swap } from './swap.ts'

const againMs = 5_000
/** The first word comes within a second, unless something on the way keeps it. */
const patienceMs = 10_000
const returnMs = 4_000

/**
 * Keeps the page as it is on the server: told of changes by a stream, and where there is none, by looking again. `tell` hears of each new page. A page that
 * nobody looks at has no stream; it looks when it is looked at.
 */
export function keepLive(tell: () => void): void {
  rememberParts()
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  const live = () => document.querySelector<HTMLElement>('[data-live]')
  const close = () => {
    source?.close()
    clearTimeout(timer)
  }
  const lookOnce = async () => {
    clearTimeout(again)
    const own = live()?.dataset.own
    if (own === undefined) return
    const response = await fetch(own).catch(() => undefined)
    const text = await response?.text().catch(() => undefined)
    if (!response?.ok || text === undefined) {
      // Nobody may tell of this change a second time.
      again = setTimeout(() => void look(), againMs)
      return
    }
    const page = new DOMParser().parseFromString(text, 'text/html')
    swap(page)
    tell()
    if (!live()) returnToShop()
  }
  // One after another: an older answer that came later would put back what is over. What is told meanwhile is looked at once more.
  let isLooking = false
  let isOutdated = false
  const look = async () => {
    isOutdated = true
    if (isLooking) return
    isLooking = true
    while (isOutdated) {
      isOutdated = false
      await lookOnce()
    }
    isLooking = false
  }
  const open = () => {
    close()
    const own = live()?.dataset.own
    if (own === undefined || document.hidden) return
    const mine = new EventSource(`${own}/events`)
    source = mine
    const lookInstead = () => {
      mine.close()
      clearTimeout(timer)
      timer = setTimeout(() => void look().then(open), againMs)
    }
    timer = setTimeout(lookInstead, patienceMs)
    mine.addEventListener('message', ({ data }) => {
      clearTimeout(timer)
      if (data !== live()?.dataset.version) void look().then(() => live() ?? close())
    })
    mine.addEventListener('error', () => mine.readyState === EventSource.CLOSED && lookInstead())
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : void look().then(open)))
  document.addEventListener('outdated', () => void look())
  open()
}

/** Who has seen the payment arrive is led on, unless there is more to read. Who opens the page later is not. */
function returnToShop(): void {
  const note = document.querySelector<HTMLElement>('[data-returning]')
  const link = document.querySelector<HTMLAnchorElement>('.notice a.button')
  if (!note || !link) return
  note.hidden = false
  setTimeout(() => location.assign(link.href), returnMs)
}
