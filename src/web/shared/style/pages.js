// Makes pages more comfortable that work without it. It looks for data- attributes and knows no page by name.

/** A form is sent once: the button says that it is busy, and a second press does nothing. */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sent || marksMistakes(form)) return event.preventDefault()
  form.dataset.sent = 'yes'
  event.submitter?.setAttribute('aria-busy', 'true')
})

/** Back from the next page, the browser may show this one as it was left. */
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.forms) delete form.dataset.sent
  for (const button of document.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
})

/** Card numbers in groups of four as they are typed; the caret stays where it was. */
for (const input of document.querySelectorAll('input[data-card-number]')) {
  input.addEventListener('input', () => {
    const before = input.value.slice(0, input.selectionStart).replace(/\D/g, '').length
    const digits = input.value.replace(/\D/g, '').slice(0, 19)
    input.value = digits.replace(/(\d{4})(?=\d)/g, '$1 ')
    const caret = before + Math.max(0, Math.floor((before - 1) / 4))
    input.setSelectionRange(caret, caret)
    const brand = document.getElementById(input.dataset.cardNumber)
    if (brand) brand.textContent = brandOf(digits)
  })
}

function brandOf(digits) {
  if (/^4/.test(digits)) return 'Visa'
  if (/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(digits)) return 'Mastercard'
  return ''
}

/** What a card's field can be told to be wrong by itself. Whether the card is good is for the server, and it looks at these once more. */
const isRight = {
  number: (text) => /^\d{12,19}$/.test(text.replace(/[\s-]/g, '')) && hasCheckDigit(text.replace(/\D/g, '')),
  expiry: (text) => /^(0?[1-9]|1[0-2])\s*[/.\- ]\s*(\d{4}|\d{2})$|^(0[1-9]|1[0-2])\d{2}$/.test(text.trim()),
  code: (text) => /^\d{3,4}$/.test(text.trim()),
}

/** ISO/IEC 7812-1: from the right, every second digit counts twice. */
function hasCheckDigit(digits) {
  const worth = (digit, at) => (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0))
  return [...digits].reverse().reduce((sum, digit, at) => sum + worth(Number(digit), at), 0) % 10 === 0
}

/** A page that comes back with a mistake has forgotten the whole card: one that a look can find is told before it is sent. True when there is any. */
function marksMistakes(form) {
  const wrong = [...form.querySelectorAll('input[data-mistake]')].filter(
    (input) => input.offsetParent !== null && !isRight[input.name](input.value),
  )
  for (const input of wrong) markMistake(input)
  wrong[0]?.focus()
  return wrong.length > 0
}

/** The words stand where the server puts them, and go away with the next key. */
function markMistake(input) {
  const id = `${input.name}-problem`
  const told = document.getElementById(id) ?? document.createElement('span')
  Object.assign(told, {
    id,
    className: 'problem',
    textContent: input.value.trim() ? input.dataset.mistake : input.dataset.missing,
  })
  input.before(told)
  const hint = document.getElementById(`${input.name}-hint`)
  input.setAttribute('aria-describedby', hint ? `${hint.id} ${id}` : id)
  input.setAttribute('aria-invalid', 'true')
  const forgive = () => {
    told.remove()
    input.removeAttribute('aria-invalid')
  }
  input.addEventListener('input', forgive, { once: true })
}

/** `0429` becomes `04/29` once the month is complete. */
for (const input of document.querySelectorAll('input[data-card-expiry]')) {
  input.addEventListener('input', (event) => {
    if (/^\d{2}$/.test(input.value) && event.inputType === 'insertText') input.value += '/'
  })
}

/** Minutes and seconds until the end. Shown every second; a screen reader hears it at five minutes, one minute and the end. */
function startClock(clock) {
  const end = performance.now() + Number(clock.dataset.countdown) * 1000
  const shown = clock.querySelector('[data-left]')
  const said = clock.querySelector('[role=status]')
  const told = new Set()
  const tick = () => {
    if (!clock.isConnected) return
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000))
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    if (shown) shown.textContent = text
    const mark = [0, 60, 300].find((each) => left <= each)
    if (said && mark !== undefined && !told.has(mark)) {
      told.add(mark)
      said.textContent = `${clock.dataset.label} ${text}`
    }
    if (left > 0) setTimeout(tick, 1000)
    else if (clock.dataset.reload) location.replace(clock.dataset.reload)
  }
  tick()
}

for (const clock of document.querySelectorAll('[data-countdown]')) startClock(clock)

/** A page's own script has put something new into it. */
document.addEventListener('renewed', ({ target }) => {
  for (const clock of target.querySelectorAll('[data-countdown]')) startClock(clock)
})

/** A button that can be pressed only after a while says how long that is. */
for (const button of document.querySelectorAll('button[data-wait]')) {
  const text = button.textContent
  let left = Number(button.dataset.wait)
  const tick = () => {
    button.disabled = left > 0
    button.textContent = left > 0 ? `${text} (${left})` : text
    if (left-- > 0) setTimeout(tick, 1000)
  }
  if (left > 0) tick()
}

/** Without script there is the browser's own menu. */
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
