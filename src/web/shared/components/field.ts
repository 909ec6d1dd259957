import { type Html, html } from '../html.ts'

export type Field = {
  readonly name: string
  readonly label: string
  /** what browsers and phones fill in (HTML, "Autofill"): `cc-number`, `one-time-code` */
  readonly autocomplete: string
  readonly type?: 'text' | 'email' | 'tel' | 'date'
  readonly inputmode?: 'text' | 'numeric' | 'tel' | 'email'
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  /** shown again after a mistake; never for a card or a code */
  readonly value?: string | undefined
  readonly maxlength?: number
  readonly isOptional?: boolean
  /** beside another one where there is room */
  readonly isHalf?: boolean
  readonly isCode?: boolean
  /** an attribute for the script: `data-card-number="brand"` */
  readonly script?: Html
}

/** A text field with its label, hint and problem, each tied to it. */
export function textField(field: Field): Html {
  const { name, label, hint, problem, autocomplete, type = 'text', inputmode = 'text', value, maxlength = 200 } = field
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
  return html`
<div class="${field.isHalf ? 'field half' : 'field'}">
<label for="${name}">${label}</label>
${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}
${problem && html`<span class="problem" id="${name}-problem">${problem}</span>`}
<input id="${name}" name="${name}" type="${type}" inputmode="${inputmode}" autocomplete="${autocomplete}" maxlength="${maxlength}"
 spellcheck="false"${field.isCode && html` class="code"`}${!field.isOptional && html` required`}${value && html` value="${value}"`}${
   described !== '' && html` aria-describedby="${described}"`
 }${problem && html` aria-invalid="true"`}${field.script && html` ${field.script}`}>
</div>`
}
