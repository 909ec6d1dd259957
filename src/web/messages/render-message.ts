import type { RenderedMessage, RenderMessage } from '../../domain/message/rendered-message.ts'
import { type Language, locales } from '../../kernel/language.ts'
import { type Html, html } from '../shared/html.ts'
import { type MessageContent, messageContent } from './message-content.ts'
import { messageWords } from './words/index.ts'

/** Renders messages whose links lead to the server at `publicUrl`. */
export function renderMessageFor(publicUrl: string): RenderMessage {
  return (facts, language, channel) => {
    const content = messageContent(facts, language, `${publicUrl}/account`)
    return channel === 'sms' ? smsOf(content, publicUrl) : mailOf(content, language)
  }
}

/**
 * A text message: the first sentence and where to go. A code ends on the line that lets a phone fill it in on our page and on no
 * other (WICG, origin-bound one-time codes).
 */
function smsOf({ paragraphs, button, code }: MessageContent, publicUrl: string): RenderedMessage {
  const lines = code ? [paragraphs[0], '', `@${new URL(publicUrl).hostname} #${code}`] : [...paragraphs, button?.href]
  return { subject: '', text: lines.filter((line) => line !== undefined).join('\n'), html: '' }
}

function mailOf(content: MessageContent, language: Language): RenderedMessage {
  return { subject: oneLine(content.subject), text: plainText(content, language), html: mailPage(content, language) }
}

/** A subject is one line, whatever a shop has put into its name. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function plainText({ paragraphs, rows, button }: MessageContent, language: Language): string {
  const table = rows ? [rows.title, ...rows.list.map(([name, value]) => `  ${name}: ${value}`)].join('\n') : undefined
  const link = button && `${button.text}: ${button.href}`
  return [...paragraphs, table, link, '--', messageWords[language].footer].filter(Boolean).join('\n\n')
}

/** Mail programs know no style sheets, and dark ones turn colours around themselves: few colours, all of them inline. */
function mailPage({ subject, paragraphs, code, rows, button }: MessageContent, language: Language): string {
  return html`<!doctype html>
<html lang="${locales[language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;padding:24px 16px;background:#f5f6f3;color:#14201b;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<div style="max-width:520px;margin:0 auto;padding:28px 24px;border:1px solid #dfe4de;border-radius:16px;background:#ffffff">
<h1 style="margin:0 0 16px;font-size:21px;line-height:1.3">${subject}</h1>
${code && html`<p style="margin:0 0 16px;font-size:32px;font-weight:700;letter-spacing:6px">${code}</p>`}
${paragraphs.map((text) => html`<p style="margin:0 0 12px">${text}</p>`)}
${rows && rowsOf(rows)}
${button && html`<p style="margin:24px 0 0"><a href="${button.href}" style="display:inline-block;padding:12px 24px;border-radius:10px;background:#0b5c49;color:#ffffff;font-weight:600;text-decoration:none">${button.text}</a></p>`}
</div>
<p style="max-width:520px;margin:16px auto 0;color:#54625b;font-size:13px">${messageWords[language].footer}</p>
</body>
</html>
`.toString()
}

function rowsOf({ title, list }: NonNullable<MessageContent['rows']>): Html {
  const row = ([name, value]: readonly [string, string]) =>
    html`<tr><td style="padding:6px 0">${name}</td><td style="padding:6px 0;text-align:right;font-weight:600">${value}</td></tr>`
  return html`<table style="width:100%;border-collapse:collapse"><caption style="padding:4px 0;font-weight:600;text-align:left">${title}</caption>
${list.map(row)}</table>`
}
