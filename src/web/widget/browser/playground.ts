const form = document.querySelector<HTMLFormElement>('form.playground')
const fields = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.controls :is(input,select)')]
const widgets = [...document.querySelectorAll('scalapay-widget')]
const code = document.querySelector('#code')

/** What the example itself says: an empty field leaves it as it is. */
const initial = new Map(
  widgets.map((widget) => [widget, new Map([...widget.attributes].map((each) => [each.name, each.value]))]),
)

function apply(): void {
  for (const { dataset, value } of document.querySelectorAll<HTMLSelectElement>('[data-price-of]')) {
    const price = document.getElementById(dataset.priceOf ?? '')
    if (price && price.textContent !== value) price.textContent = value
  }
  for (const widget of widgets)
    for (const { name, value } of fields) {
      const wanted = value === '' ? initial.get(widget)?.get(name) : value
      if (wanted === undefined) widget.removeAttribute(name)
      else if (widget.getAttribute(name) !== wanted) widget.setAttribute(name, wanted)
    }
  show()
}

/** The markup of the page that is looked at, as a shop would write it. */
function show(): void {
  const page = new FormData(form ?? undefined).get('page')
  const widget = widgets.find((each) => each.closest(`[data-page="${page}"]`))
  if (!widget || !code) return
  const attributes = [...widget.attributes].map(({ name, value }) =>
    value.includes('"') ? `${name}='${value}'` : `${name}="${value}"`,
  )
  const loader = document.querySelector<HTMLScriptElement>('script[src$="/widget/tercet-widget.js"]')?.src
  code.textContent = `<script src="${loader}"></script>\n\n<scalapay-widget\n  ${attributes.join('\n  ')}\n></scalapay-widget>`
}

form?.addEventListener('input', apply)
// The fields are empty only after the event.
form?.addEventListener('reset', () => setTimeout(apply))
form?.addEventListener('submit', (event) => event.preventDefault())

document.querySelector('#copy')?.addEventListener('click', async () => {
  const said = document.querySelector('#copied')
  const isCopied = await navigator.clipboard.writeText(code?.textContent ?? '').then(
    () => true,
    () => false,
  )
  if (said) said.textContent = isCopied ? 'Copied.' : 'Your browser does not allow it: select the text instead.'
})

apply()

export {}
