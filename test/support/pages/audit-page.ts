import type { Page } from 'playwright-core'

/**
 * What a page owes to people who do not see it, or do not use a mouse, as a list of what is wrong: language and title,
 * one main and one h1, no skipped heading, names and descriptions of fields, unique ids, targets of 44 px, nothing wider
 * than the screen, and text that stands out 4.5:1 from its ground. It does not replace a screen reader in human hands.
 */
export async function auditPage(page: Page): Promise<readonly string[]> {
  // After a click the next page may have begun, and have no element yet.
  await page.waitForLoadState()
  return await page.evaluate<string[]>(audit)
}

/** Runs in the browser. A text, since the project is compiled without the browser's types. */
const audit = `(() => {
  const wrong = []
  const check = (fine, what) => { if (!fine) wrong.push(what) }
  const all = (selector) => [...document.querySelectorAll(selector)]

  check(document.documentElement.lang, 'no language')
  check(document.title.trim(), 'no title')
  check(all('main').length === 1, 'not one main')
  check(all('h1').length === 1, 'not one h1')
  let level = 0
  for (const heading of all('h1,h2,h3,h4')) {
    const own = Number(heading.tagName[1])
    check(own <= level + 1, 'skipped to ' + heading.tagName + ' ' + heading.textContent)
    level = own
  }
  const ids = all('[id]').map((each) => each.id)
  check(new Set(ids).size === ids.length, 'an id twice')
  for (const each of all('[aria-describedby],[aria-labelledby]')) {
    const named = [each.getAttribute('aria-describedby'), each.getAttribute('aria-labelledby')].join(' ').trim()
    for (const id of named.split(/\\s+/)) check(document.getElementById(id)?.textContent.trim(), 'nothing at ' + id)
  }
  const shown = (each) => each.type !== 'hidden' && each.offsetParent !== null
  for (const input of all('input, select').filter(shown)) {
    check(input.labels.length === 1 && input.labels[0].textContent.trim(), 'no label for ' + input.name)
    if (!['radio', 'checkbox'].includes(input.type)) check(input.autocomplete, 'no autocomplete for ' + input.name)
  }
  for (const svg of all('svg')) check(svg.getAttribute('aria-hidden') === 'true', 'a picture without words')
  for (const each of all('a,button,input,summary')) {
    if (each.matches('.skip, details:not([open]) > :not(summary) *')) continue
    if (!shown(each)) continue
    const area = each.matches('[type=radio], [type=checkbox]') ? each.closest('label') : each
    const { height, width } = area.getBoundingClientRect()
    check(height >= 44 && width >= 44, 'a target of ' + width + ' x ' + height + ': ' + (each.textContent || each.name))
  }
  check(document.documentElement.scrollWidth <= window.innerWidth, 'wider than the screen')

  const channels = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((each) => each / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor
      if (channels(color)[3] !== 0) return color
    }
    return 'rgb(255, 255, 255)'
  }
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { parentElement: element, textContent } = texts.currentNode
    if (!textContent.trim() || element.closest('option, script, details:not([open]) > :not(summary)')) continue
    if (!element.getClientRects().length) continue
    const ratio = contrast(getComputedStyle(element).color, groundOf(element))
    check(ratio >= 4.5, ratio.toFixed(2) + ':1 for ' + textContent.trim())
  }
  for (const input of all('input, select').filter(shown)) {
    if (['radio', 'checkbox'].includes(input.type)) continue
    const ratio = contrast(getComputedStyle(input).borderTopColor, groundOf(input.parentElement))
    check(ratio >= 3, 'a border of ' + ratio.toFixed(2) + ':1 around ' + input.name)
  }
  return wrong
})()`
