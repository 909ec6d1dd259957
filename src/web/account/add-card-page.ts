import { cardInputs, testCards, wrongInputs } from '../shared/card/card-fields.ts'
import type { CardProblems } from '../shared/card/card-form.ts'
import { cardWords } from '../shared/card/words/index.ts'
import { alert, problemAlert } from '../shared/components/alert.ts'
import { html } from '../shared/html.ts'
import type { Panel } from '../shared/sign-in/sign-in-forms.ts'
import { ownFormField } from '../shared/sign-in/visitor.ts'
import type { Signed } from './show-account.ts'
import { accountWords } from './words/index.ts'

export type AddCardForm = {
  /** where the form is sent */
  readonly address: string
  readonly problems: CardProblems
  /** why the last one was not kept */
  readonly refusal: string | undefined
}

/** The form of a new card. */
export function addCardPanel({ setting, visitor, home }: Signed, form: AddCardForm): Panel {
  const { address, problems, refusal } = form
  const { cards, receipt } = accountWords[setting.language]
  const words = cardWords[setting.language]
  const trouble =
    problemAlert(words.problemsTitle, wrongInputs(problems, words)) ??
    (refusal === undefined ? undefined : alert(words.declinedTitle, html`<p>${refusal}</p>`))
  const content = html`<div class="narrow"><section class="panel">
<h1>${cards.add}</h1>
${trouble}
<p>${cards.addText}</p>
<form method="post" action="${address}" novalidate>
${ownFormField(visitor)}
${cardInputs(problems, words)}
<button type="submit">${cards.keep}</button>
</form>
<p class="actions"><a class="text" href="${home}">${receipt.back}</a></p>
${setting.isSandbox && testCards(words)}
</section></div>`
  return { title: cards.add, content, hasTrouble: trouble !== undefined }
}
