import type { App } from '../../../app/app.ts'
import { type Contact, maskContact } from '../../../domain/shopper/contact.ts'
import { second } from '../../../kernel/instant.ts'
import { problemAlert } from '../components/alert.ts'
import { textField } from '../components/field.ts'
import { rows } from '../components/rows.ts'
import { type Html, html } from '../html.ts'
import type { Setting } from '../setting.ts'
import { ownFormField, type Visitor } from './visitor.ts'
import { signInWords } from './words/index.ts'

/** A step of signing in, as the content of a panel with its title. `hasTrouble`: it says what went wrong. */
export type Panel = { readonly title: string; readonly content: Html; readonly hasTrouble: boolean }

export type SignInForm = {
  readonly setting: Setting
  readonly visitor: Visitor
  /** address of the page, which the forms' addresses start with */
  readonly home: string
  readonly problem?: string | undefined
}

/** Asks who the shopper is. `typed` is shown again; an order may know its shopper's contact. */
export function contactPanel(
  { setting, visitor, home, problem }: SignInForm,
  { channels }: Pick<App['shoppers'], 'channels'>,
  typed: string,
): Panel {
  const { contact: words } = signInWords[setting.language]
  const only = channels.size === 1 ? [...channels][0] : undefined
  const trouble = problem && problemAlert(problem, [['contact', words.labels[only ?? 'both']]])
  const content = html`<h2 id="step">${words.title}</h2>
<p class="small">${words.text}</p>
${trouble}
<form method="post" action="${`${home}/sign-in`}" novalidate>
${ownFormField(visitor)}
${textField({
  ...{
    name: 'contact',
    label: words.labels[only ?? 'both'],
    autocomplete: only === 'sms' ? 'tel' : 'username',
    problem,
  },
  ...{ inputmode: only === 'sms' ? 'tel' : 'email', value: typed, maxlength: 254 },
})}
<button type="submit">${words.button}</button>
</form>
${setting.isSandbox && sandboxNote(setting)}`
  return { title: words.title, content, hasTrouble: Boolean(problem) }
}

/** Asks for the code that was sent. */
export function codePanel(
  { setting, visitor, home, problem }: SignInForm,
  { contact, waitSeconds }: { readonly contact: Contact; readonly waitSeconds: number },
): Panel {
  const words = signInWords[setting.language]
  const { code } = words
  const content = html`<h2 id="step">${code.title}</h2>
<p>${code.text(maskContact(contact))}</p>
${problem && problemAlert(problem, [['code', code.label]])}
<form method="post" action="${`${home}/code`}" novalidate>
${ownFormField(visitor)}
${textField({ name: 'code', label: code.label, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 12, isCode: true, problem })}
<label class="check"><input type="checkbox" name="remember" value="yes"> ${words.remember}</label>
<button type="submit">${code.button}</button>
</form>
<div class="actions">
<form class="inline-form" method="post" action="${`${home}/resend`}">${ownFormField(visitor)}<button class="text" type="submit" data-wait="${waitSeconds}">${words.resend}</button></form>
<form class="inline-form" method="post" action="${`${home}/start-over`}">${ownFormField(visitor)}<button class="text" type="submit">${words.other}</button></form>
</div>
${setting.isSandbox && html`<aside class="aside" aria-labelledby="sandbox-code"><h2 id="sandbox-code">${words.sandbox.title}</h2><p>${words.sandbox.text('123456')}</p></aside>`}`
  return { title: code.title, content, hasTrouble: Boolean(problem) }
}

/** Whole seconds until another code may be asked for. */
export function waitSeconds(now: bigint, resendAt: bigint): number {
  return resendAt > now ? Number((resendAt - now + second - 1n) / second) : 0
}

/** The shopper who is there in every sandbox. */
function sandboxNote({ language }: Setting): Html {
  const { sandbox, contact } = signInWords[language]
  return html`<aside class="aside" aria-labelledby="sandbox-shopper"><h2 id="sandbox-shopper">${sandbox.title}</h2>
${rows([
  { name: contact.labels.sms, value: '+393330000001' },
  { name: contact.labels.email, value: 'test.shopper@example.com' },
])}</aside>`
}
