import { Argument, type Command } from 'commander'
import type { WebhookEvent } from '../../domain/webhook/event-name.ts'
import { CliError } from '../cli-error.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { keyFlag, keyHelp, keyOf, type ServerOptions, urlFlag, urlHelp } from '../sandbox-key.ts'
import { askServer, refuseUnlessOk } from '../server-client.ts'
import { serverUrl } from '../settings.ts'
import { recipes, triggers } from '../trigger/recipes.ts'

type TriggerOptions = OutputOptions & ServerOptions

/** `tercet trigger <event>`. */
export function addTrigger(program: Command, io: Io): void {
  program
    .command('trigger')
    .description('make a new order live through an event, for its webhook (sandbox only)')
    .addArgument(new Argument('<event>', 'what to end with').choices(triggers))
    .option(keyFlag, keyHelp)
    .option(urlFlag, urlHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The order is a real one of 90.00 EUR, so the webhooks before the event are sent too. expired, lapsed and expiring_soon move the
sandbox clock, which is everybody's, by a minute at most.

Examples:
  tercet trigger refunded
  tercet trigger lapsed --json | jq -r .token`,
    )
    .action((event: WebhookEvent, options: TriggerOptions) => runTrigger(io, event, options))
}

async function runTrigger(io: Io, event: WebhookEvent, options: TriggerOptions): Promise<void> {
  const url = serverUrl(io.env, options.url)
  const key = keyOf(options)
  let token = ''
  const done: string[] = []
  for (const { says, path, body } of recipes[event] ?? []) {
    const result = await askServer({
      url,
      path: withToken(path, token),
      body: JSON.parse(withToken(JSON.stringify(body), token)),
      key,
    })
    refuseUnlessOk(result, { missing: `the server at ${url} has no sandbox: is it in live mode?`, token })
    if (result.body.declined === true) throw new CliError('the card was declined')
    if (typeof result.body.token === 'string') token = result.body.token
    done.push(says)
  }
  answer(io, options, { token, event, steps: done }, () => [
    `${token}: ${done.join(', ')}`,
    `tercet orders show ${token}`,
  ])
}

function withToken(text: string, token: string): string {
  return text.replaceAll('{token}', token)
}
