import { countries, type ProfileField, type ProfileProblems } from '../../domain/shopper/profile.ts'
import type { Shopper } from '../../domain/shopper/shopper.ts'
import { problemAlert } from '../shared/components/alert.ts'
import { textField } from '../shared/components/field.ts'
import { type Html, html } from '../shared/html.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { ownFormField } from '../shared/sign-in/visitor.ts'
import { signedInLine } from './frame.ts'
import type { Visit } from './visit.ts'
import type { Words } from './words/index.ts'

export type TypedProfile = Readonly<Record<ProfileField, string>>

/** What was typed into the form, or what the order knows, and what is wrong with it. */
export type ProfileForm = {
  readonly typed: TypedProfile
  readonly other: string
  readonly problems: ProfileProblems
  readonly isOtherWrong: boolean
}

/** What browsers fill in (HTML, "Autofill"), and how wide a field is. */
const inputs = {
  givenNames: { autocomplete: 'given-name', isHalf: true },
  surname: { autocomplete: 'family-name', isHalf: true },
  birthDate: { autocomplete: 'bday', inputmode: 'numeric', maxlength: 10 },
  address: { autocomplete: 'street-address' },
  postcode: { autocomplete: 'postal-code', isHalf: true, maxlength: 12 },
  city: { autocomplete: 'address-level2', isHalf: true },
} as const satisfies Record<Exclude<ProfileField, 'country'>, object>

const order = ['givenNames', 'surname', 'birthDate', 'address', 'postcode', 'city'] as const

/** Asks a new shopper who they are, once. */
export function profilePanel(visit: Visit, shopper: Shopper, form: ProfileForm): Panel {
  const { setting, visitor, home } = visit
  const { profile: words } = setting.words
  const kind = otherKind(shopper)
  const wrong = [
    ...[...order, 'country' as const].flatMap((field) => {
      const problem = form.problems[field]
      return problem ? [[field, `${words.labels[field]}: ${words.problems[problem]}`] as const] : []
    }),
    ...(form.isOtherWrong ? [['other', `${words.other[kind]}: ${words.problems.format}`] as const] : []),
  ]
  const content = html`<h2 id="step">${words.title}</h2>
<p class="small">${words.text}</p>
${problemAlert(words.problemsTitle, wrong)}
<form method="post" action="${`${home}/profile`}" novalidate>
${ownFormField(visitor)}
${order.map((field) => profileField(field, form, setting.words))}
${countryField(form, visit)}
${textField({
  ...{
    name: 'other',
    label: words.other[kind],
    hint: words.otherHint,
    isOptional: true,
    value: form.other,
    maxlength: 254,
  },
  ...(kind === 'email'
    ? ({ autocomplete: 'email', inputmode: 'email' } as const)
    : ({ autocomplete: 'tel', inputmode: 'tel' } as const)),
  problem: form.isOtherWrong ? words.problems.format : undefined,
})}
<button type="submit">${words.button}</button>
</form>
${signedInLine(visit)}`
  return { title: words.title, content, hasTrouble: wrong.length > 0 }
}

function profileField(field: (typeof order)[number], { typed, problems }: ProfileForm, { profile }: Words): Html {
  const problem = problems[field] && profile.problems[problems[field]]
  const hint = field === 'birthDate' ? profile.birthDateHint : undefined
  return textField({
    name: field,
    label: profile.labels[field],
    hint,
    problem,
    value: typed[field],
    maxlength: 100,
    ...inputs[field],
  })
}

function countryField({ typed }: ProfileForm, { setting, order: { merchant } }: Visit): Html {
  const names = new Intl.DisplayNames(setting.locale, { type: 'region' })
  const list = countries.map((code) => ({ code, name: names.of(code) ?? code }))
  const chosen = typed.country || countryOf(merchant.timeZone)
  const options = list
    .toSorted((a, b) => a.name.localeCompare(b.name, setting.locale))
    .map(({ code, name }) => html`<option value="${code}"${code === chosen && html` selected`}>${name}</option>`)
  return html`<div class="field"><label for="country">${setting.words.profile.labels.country}</label>
<select id="country" name="country" autocomplete="country">${options}</select></div>`
}

/** A first guess, for the list must begin somewhere. */
function countryOf(timeZone: string): string {
  const zones: Readonly<Record<string, string>> = {
    ...{
      'Europe/Rome': 'IT',
      'Europe/Paris': 'FR',
      'Europe/Berlin': 'DE',
      'Europe/Madrid': 'ES',
      'Europe/Lisbon': 'PT',
    },
    ...{
      'Europe/Amsterdam': 'NL',
      'Europe/Helsinki': 'FI',
      'Atlantic/Reykjavik': 'IS',
      'Europe/Vienna': 'AT',
      'Europe/Brussels': 'BE',
    },
  }
  return zones[timeZone] ?? 'IT'
}

/** The kind of contact that was not used to sign in. */
export function otherKind({ phone }: Shopper): 'email' | 'sms' {
  return phone === null ? 'sms' : 'email'
}

/** The form of a shopper who is asked for the first time: what the order knows is filled in. */
export function newProfileForm({ order: { details } }: Visit, shopper: Shopper): ProfileForm {
  const { givenNames, surname, address, postcode, city, country } = details
  const other = otherKind(shopper) === 'email' ? details.email : details.phone
  const typed = { givenNames, surname, address, postcode, city, country, birthDate: '' }
  return { typed, other, problems: {}, isOtherWrong: false }
}
