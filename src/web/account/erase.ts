import { html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import { noticePage } from '../shared/notice-page.ts'
import { sendPage } from '../shared/send.ts'
import { clearSessionCookie, ownFormField } from '../shared/sign-in/visitor.ts'
import { type Change, showAccount } from './show-account.ts'
import { accountWords } from './words/index.ts'

/** Asks once more, since nothing brings an account back. */
export const askToErase: Change = async (_app, { setting, visitor, home }, _request, reply) => {
  const { erasing: words } = accountWords[setting.language]
  const main = html`<section class="panel narrow"><h1>${words.title}</h1>
<p>${words.text}</p>
<form method="post" action="${`${home}/erase`}">${ownFormField(visitor)}<button type="submit">${words.confirm}</button></form>
<p class="actions"><a class="text" href="${home}">${words.keep}</a></p></section>`
  return sendPage(reply, 200, layout(setting, { title: words.title, main }))
}

/** Forgets the shopper, unless something is still to be paid. */
export const erase: Change = async (app, visit, _request, reply) => {
  const { setting, session } = visit
  const { erasing: words } = accountWords[setting.language]
  const erased = await app.shoppers.erase(session.shopper.id)
  if (!erased.ok) return await showAccount(app, visit, reply, words.open)
  clearSessionCookie(app, reply)
  return sendPage(reply, 200, noticePage(setting, { kind: 'good', notice: words.done }))
}
