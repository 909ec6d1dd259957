import type { Command } from 'commander'
import { createMessageLog, type ReadableMessage } from '../../app/message/message-log.ts'
import { isoOf } from '../../kernel/instant.ts'
import { renderMessageFor } from '../../web/messages/render-message.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'
import { readLimit } from '../read/values.ts'
import { serverUrl } from '../settings.ts'

type ListOptions = OutputOptions & { readonly to?: string; readonly limit: number }

/** `tercet messages list`. */
export function addMessages(program: Command, io: Io): void {
  const messages = program.command('messages').description('e-mails and text messages to shoppers')
  messages
    .command('list')
    .description('list what was sent and what waits, newest first')
    .option('--to <recipient>', 'only to this e-mail address or phone number')
    .option('--limit <count>', 'how many', readLimit, 50)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
A state of unknown means that the message may have left: it is not sent again. One-time codes are not shown.

Examples:
  tercet messages list
  tercet messages list --to ada@example.com --json`,
    )
    .action((options: ListOptions) => runList(io, options))
}

async function runList(io: Io, options: ListOptions): Promise<void> {
  const list = await withDatabase(io, async ({ pool, sealer }) => {
    const log = createMessageLog(pool, sealer(), renderMessageFor(serverUrl(io.env, undefined)))
    return await log.list({ merchantId: null, recipient: options.to ?? null, limit: options.limit })
  })
  answer(io, options, { messages: list.map(viewOf) }, () =>
    list.length === 0
      ? ['There is no message.']
      : table(['created', 'channel', 'to', 'kind', 'state', 'tries', 'text'], list.map(rowOf), ['tries']),
  )
}

/** A code opens an account: whoever reads a terminal over a shoulder must not have it. */
function shown({ facts, subject, text }: ReadableMessage): string {
  return facts.kind === 'code' ? '(a one-time code)' : subject || (text.split('\n')[0] ?? '')
}

function rowOf(message: ReadableMessage): string[] {
  const { createdAt, channel, recipient, facts, state, attempts, error } = message
  const outcome = error === null ? state : `${state}: ${error}`
  return [timeText(createdAt), channel, recipient, facts.kind, outcome, String(attempts), shown(message)]
}

function viewOf(message: ReadableMessage): object {
  const { id, channel, recipient, language, facts, state, attempts, error, createdAt, sentAt } = message
  return {
    ...{ id, kind: facts.kind, channel, to: recipient, language, state, attempts, error, text: shown(message) },
    createdAt: isoOf(createdAt),
    sentAt: sentAt && isoOf(sentAt),
  }
}
