import type { ReadableMessage } from '../../app/message/message-log.ts'
import { formatTime } from '../shared/format.ts'
import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import type { Setting } from '../shared/setting.ts'

const title = 'Messages of the sandbox'

/** Every message that would have left, newest first. For whoever tests with the sandbox, so in English as its documentation is. */
export function messagesPage(setting: Setting, messages: readonly ReadableMessage[]): string {
  const list = messages.map((message) => html`<li class="panel">${summaryOf(setting, message)}</li>`)
  const main = html`<div class="narrow" lang="en-GB">
<h1>${title}</h1>
<p class="small">Nothing leaves a sandbox that has no mail server: this is what would have.</p>
${list.length > 0 ? html`<ul class="list">${list}</ul>` : html`<p class="panel">There is no message yet.</p>`}
</div>`
  return layout(setting, { title, main })
}

/** A text message on a page of its own. */
export function messagePage(setting: Setting, message: ReadableMessage): string {
  const main = html`<div class="narrow"><h1>${message.recipient}</h1><div class="panel">${summaryOf(setting, message)}</div></div>`
  return layout(setting, { title: message.recipient, main })
}

function summaryOf({ root, locale }: Setting, message: ReadableMessage): Html {
  const { id, channel, recipient, createdAt, subject, text, state } = message
  const time = formatTime(createdAt, locale)
  const meta = html`<p class="small"><span class="badge badge-quiet">${channel === 'sms' ? 'SMS' : 'E-mail'}</span> <bdi>${recipient}</bdi> · ${time} · ${state}</p>`
  if (channel === 'sms') return html`${meta}<p class="message">${text}</p>`
  return html`${meta}<h2><a href="${`${root}/sandbox/messages/${id}`}">${subject}</a></h2><p class="message small">${text}</p>`
}
