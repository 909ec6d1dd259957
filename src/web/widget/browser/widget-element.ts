import { html, nothing, render, type TemplateResult } from 'lit/html.js'
import { instantFromMillis } from '../../../kernel/instant.ts'
import type { AttributeName } from '../offer/attributes.ts'
import { offerFor } from '../offer/offer.ts'
import { questionOf, readNumber, selectorsOf } from '../offer/settings.ts'
import { type Terms, termsWithoutToken } from '../offer/terms.ts'
import { languageOf, type WidgetLanguage } from '../offer/words/languages.ts'
import type { WidgetWords } from '../offer/words/words.ts'
import { writerFor } from '../offer/write.ts'
import { loadWords } from './load-words.ts'
import { merchantTerms } from './merchant-terms.ts'
import { pagePrice } from './page-price.ts'
import { reloadEvent, watchPage } from './page-watch.ts'
import { styleSheet } from './styles.ts'
import { widget } from './view.ts'
import { warnOnce } from './warn-once.ts'

/** How long a place is kept for a price that the page has not shown yet. */
const patienceMs = 5_000

/**
 * What a price costs in instalments: a line that opens a dialog. Everything is said by attributes, which may change at any time; nothing
 * is told to anybody, and one request is made: for the terms of `merchant-token`.
 */
export class WidgetElement extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  #isQueued = false
  #unwatch: (() => void) | undefined
  #connectedAt = 0
  #language: WidgetLanguage | undefined
  #words: WidgetWords | undefined
  #token: string | null | undefined
  /** null while they are asked for, undefined when there are none */
  #terms: Terms | null | undefined = null

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [styleSheet]
    this.#connectedAt = Date.now()
    this.#unwatch = watchPage(this.#onPage)
    this.#attributes.observe(this, { attributes: true })
    setTimeout(this.#update, patienceMs)
    this.#update()
  }

  disconnectedCallback(): void {
    this.#unwatch?.()
    this.#attributes.disconnect()
  }

  /** Every one of them counts, and a list of thirty names would be a thirtieth of the program. */
  readonly #attributes = new MutationObserver(() => this.#update())

  /** Opens the explanation; without effect while there is nothing to explain. */
  readonly open = (): void => this.#root.querySelector('dialog')?.showModal()

  readonly #read = (name: AttributeName): string | null => this.getAttribute(name)

  readonly #onPage = (event?: Event): void => {
    // Terms that could not be had are asked for again when the shop says so, not at every change of its page.
    if (event?.type === reloadEvent && this.#terms === undefined) this.#token = undefined
    // The first generation's pages have a link of their own that opens the first widget's explanation.
    const isTrigger = event?.type === 'click' && (event.target as Element).closest?.('#scalapayPopUpTrigger')
    if (isTrigger && document.querySelector('scalapay-widget,tercet-widget') === this) this.open()
    this.#update()
  }

  /** Once for all that changes in one go. */
  readonly #update = (): void => {
    if (this.#isQueued) return
    this.#isQueued = true
    queueMicrotask(() => {
      this.#isQueued = false
      if (!this.isConnected) return
      this.#chooseWords()
      this.#chooseTerms()
      render(this.#view(), this.#root)
      this.#fit()
    })
  }

  /** English without `locale`, as pages of the older forms expect; under our own name the language of the page. */
  #chooseWords(): void {
    const page = this.localName[0] === 't' ? this.closest<HTMLElement>('[lang]')?.lang : null
    const language = languageOf(this.#read('locale') ?? page)
    if (language === this.#language) return
    this.#language = language
    loadWords(language).then((words) => {
      if (language !== this.#language) return
      this.#words = words
      this.#update()
    }, warnOnce)
  }

  #chooseTerms(): void {
    const token = this.#read('merchant-token')
    if (!token) this.#terms = termsWithoutToken(this.#read)
    if (token === this.#token) return
    this.#token = token
    if (!token) return
    this.#terms = null
    void merchantTerms(token).then((terms) => {
      if (token !== this.#token) return
      this.#terms = terms
      this.#update()
    })
  }

  #view(): TemplateResult | typeof nothing {
    const [read, words, terms] = [this.#read, this.#words, this.#terms]
    if (terms === undefined || read('hide') === 'true') return nothing
    if (!words || !terms) return waiting
    const { currency } = terms
    const selectors = selectorsOf(read)
    const price = pagePrice(selectors, currency, read('amount-separator')) ?? readNumber(read('amount'), currency)
    if (!price && selectors[0] && Date.now() - this.#connectedAt < patienceMs) return waiting
    const offer = offerFor({ ...questionOf(read, terms), price, now: instantFromMillis(Date.now()) })
    if (!offer) return nothing
    if (read('channel') === 'travel' && !read('travel-date')) warnOnce('travel date not found')
    const language = this.#language ?? 'en'
    return widget(offer, { words, read, language, write: writerFor(language, read), open: this.open })
  }

  /** By the object model, not by a style attribute: a shop's policy may forbid those. */
  #fit(): void {
    const box = this.#root.querySelector<HTMLElement>('.box')
    if (box) box.style.inlineSize = /^\d+%$/.exec(this.#read('max-width') ?? '')?.[0] ?? ''
  }
}

/** The place is kept, so that nothing on the page moves when the words come. */
const waiting = html`<div class="box"></div>`
