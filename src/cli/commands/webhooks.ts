import { type Command, Option } from 'commander'
import { sentBy } from '../../domain/webhook/renderer.ts'
import { webhookRenderers } from '../../main/webhook-renderers.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { merchantFlag, merchantHelp } from '../merchant.ts'
import { readWhen } from '../read/time.ts'
import { readId, readLimit } from '../read/values.ts'
import { type DeliveriesOptions, showDeliveries } from '../webhooks/deliveries.ts'
import {
  type EndpointOptions,
  listEndpoints,
  removeEndpoint,
  rotateEndpoint,
  type SetOptions,
  setEndpoint,
} from '../webhooks/endpoints.ts'
import { type ReplayOptions, replay } from '../webhooks/replay.ts'

/** `tercet webhooks list|set|rotate|remove|deliveries|replay`. */
export function addWebhooks(program: Command, io: Io): void {
  const webhooks = program.command('webhooks').description("a merchant's webhook endpoints, and what was sent to them")
  leaf(webhooks, 'list')
    .description('list the endpoints')
    .addHelpText('after', '\nExample:\n  tercet webhooks list --merchant SHOP')
    .action((options: EndpointOptions) => listEndpoints(io, options))
  addSet(webhooks, io)
  leaf(webhooks, 'rotate')
    .description('make a new secret for an endpoint and show it, this once')
    .argument('<endpoint>', 'its id', readId)
    .addHelpText(
      'after',
      `
The old secret stays valid for 24 hours: until then each message carries a signature of both.

Example:
  tercet webhooks rotate 0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11 --merchant SHOP`,
    )
    .action((id: string, options: EndpointOptions) => rotateEndpoint(io, id, options))
  leaf(webhooks, 'remove')
    .description('end an endpoint; what still waited for it is not sent')
    .argument('<endpoint>', 'its id', readId)
    .addHelpText('after', '\nExample:\n  tercet webhooks remove 0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11 --merchant SHOP')
    .action((id: string, options: EndpointOptions) => removeEndpoint(io, id, options))
  addDeliveries(webhooks, io)
  addReplay(webhooks, io)
}

function leaf(parent: Command, name: string): Command {
  return parent.command(name).option(merchantFlag, merchantHelp).option(jsonFlag, jsonHelp)
}

function addSet(webhooks: Command, io: Io): void {
  leaf(webhooks, 'set')
    .description("point a merchant's webhooks at a URL")
    .argument('[url]', 'https, or any loopback URL in the sandbox; may be left out with --endpoint')
    .option('--endpoint <id>', 'change this endpoint; without it the one of this URL, made when there is none', readId)
    .option('--new', 'add another endpoint')
    .option(
      '--events <names>',
      `what it hears of, separated by commas: ${sentBy(webhookRenderers).join(', ')}; or all, which is all but expiring_soon`,
    )
    .option('--description <text>', 'for you')
    .option('--disable', 'let its messages wait')
    .option('--enable', 'send them again')
    .addHelpText(
      'after',
      `
A secret is shown once, when it is made. An endpoint is pointed at another URL only when it is named with --endpoint.

Examples:
  tercet webhooks set https://shop.example/hooks --merchant 3
  tercet webhooks set http://localhost:3000/hooks --merchant SHOP --new --events captured,refunded
  tercet webhooks set --endpoint 0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11 --disable --merchant SHOP`,
    )
    .action((url: string | undefined, options: SetOptions) => setEndpoint(io, url, options))
}

function addDeliveries(webhooks: Command, io: Io): void {
  const states = ['pending', 'delivered', 'dead', 'skipped']
  leaf(webhooks, 'deliveries')
    .description('list what was sent and what waits, newest event first')
    .addOption(new Option('--state <state>', 'only these').choices(states))
    .option('--endpoint <id>', 'only to this endpoint', readId)
    .option('--order <token>', 'only of this order')
    .option('--limit <count>', 'how many', readLimit, 50)
    .option('--before <delivery>', 'the page after this delivery', readId)
    .addHelpText(
      'after',
      `
Examples:
  tercet webhooks deliveries --merchant SHOP
  tercet webhooks deliveries --merchant SHOP --state dead --json | jq -r '.deliveries[].id'`,
    )
    .action((options: DeliveriesOptions) => showDeliveries(io, options))
}

function addReplay(webhooks: Command, io: Io): void {
  leaf(webhooks, 'replay')
    .description('send again: one delivery, or everything that happened in a range of time')
    .argument('[delivery]', 'its id, from webhooks deliveries', readId)
    .option('--from <time>', 'a time, or how long ago: 2030-01-31T12:00:00Z, 2h', readWhen)
    .option('--to <time>', 'the same; default now', readWhen)
    .option('--endpoint <id>', 'a range to this endpoint only', readId)
    .addHelpText(
      'after',
      `
A replay is a further attempt of the same message, with the same webhook-id. The running server sends it.

Examples:
  tercet webhooks replay 0197f3c2-5d1e-7c44-9a53-0d8f2f3b9c11 --merchant SHOP
  tercet webhooks replay --from 2h --merchant SHOP
  tercet webhooks replay --from 2030-01-31T12:00:00Z --to 2030-01-31T13:00:00Z --merchant SHOP`,
    )
    .action((id: string | undefined, options: ReplayOptions) => replay(io, id, options))
}
