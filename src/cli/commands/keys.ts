import { type Command, Option } from 'commander'
import type { KeyKind } from '../../app/app.ts'
import { createKeyAs, revokeKeyAs } from '../../app/merchant/operate-keys.ts'
import type { ProtocolProfile } from '../../app/protocol-profile.ts'
import { type ApiKeyRow, listApiKeys } from '../../db/merchant/api-keys.ts'
import { listMerchants } from '../../db/merchant/merchants.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import { systemClock } from '../../kernel/clock.ts'
import { isoOf } from '../../kernel/instant.ts'
import { profiles } from '../../protocols/profiles.ts'
import { byOperator } from '../by-operator.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { chooseMerchant, type MerchantOption, merchantFlag, merchantHelp, merchantNamed } from '../merchant.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { facts, table } from '../print/table.ts'

type CreateOptions = OutputOptions & MerchantOption & { readonly protocol: Protocol; readonly kind?: KeyKind }
type ListOptions = OutputOptions & MerchantOption

/** `tercet keys create|list|revoke`. */
export function addKeys(program: Command, io: Io): void {
  const keys = program.command('keys').description('the API keys of merchants; a key is shown once, when it is made')
  keys
    .command('create')
    .description('make an API key and show it, this once')
    .option(merchantFlag, merchantHelp)
    .addOption(new Option('--protocol <name>', 'the API it opens').choices([...profiles.keys()]).default('scalapay'))
    .addOption(new Option('--kind <kind>', `what it may do (${kindsText()})`).choices(allKinds))
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Only a hash of the key is kept, and for the keys that sign webhooks a copy that is encrypted.

Examples:
  tercet keys create --merchant 3
  tercet keys create --merchant 3 --kind device
  tercet keys create --merchant 3 --json | jq -r .key`,
    )
    .action((options: CreateOptions) => runCreate(io, options))
  keys
    .command('list')
    .description('list the keys by id and last four characters')
    .option(merchantFlag, 'id, token prefix or name; without it the keys of all')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExamples:\n  tercet keys list\n  tercet keys list --merchant SHOP --json')
    .action((options: ListOptions) => runList(io, options))
  keys
    .command('revoke')
    .description('end a key; running servers refuse it within about a second')
    .argument('<id>', 'the id that keys list shows, never the key itself')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet keys revoke key_5d1e7c449a530d8f')
    .action((id: string, options: OutputOptions) => runRevoke(io, id, options))
}

const asOperator = { by: byOperator, clock: systemClock }

const allKinds: readonly string[] = [...profiles.values()].flatMap(({ keys }) => keys.kinds)

function kindsText(): string {
  return [...profiles.values()].map(({ name, keys }) => `${name}: ${keys.kinds.join(' or ')}`).join('; ')
}

async function runCreate(io: Io, options: CreateOptions): Promise<void> {
  const { protocol } = options
  const profile = profiles.get(protocol) as ProtocolProfile
  const { kinds } = profile.keys
  const kind = options.kind ?? kinds[0]
  if (!kinds.includes(kind)) throw new CliError(`a ${protocol} key is of kind ${kinds.join(' or ')}, not ${kind}`)
  const { merchant, created } = await withDatabase(io, async (database) => {
    const found = await chooseMerchant(database, options)
    const request = { merchant: found, profile, kind, mode: database.mode, claim: database.claim }
    const made = await createKeyAs(database.pool, database.sealer, request, asOperator)
    if (!made.ok) throw new CliError(made.reason)
    return { merchant: found, created: made.value }
  })
  answer(io, options, { id: created.id, key: created.key, merchant: merchant.id, protocol, kind }, () => [
    ...facts([
      ['key', created.key],
      ['id', created.id],
      ['merchant', `${merchant.id} (${merchant.name})`],
      ['opens', `${protocol}, as ${kind}`],
    ]),
    '',
    'Keep it now: it is not shown again.',
  ])
}

async function runList(io: Io, options: ListOptions): Promise<void> {
  const rows = await withDatabase(io, async (database) => {
    const { pool } = database
    const merchants =
      options.merchant === undefined ? await listMerchants(pool) : [await merchantNamed(database, options.merchant)]
    const keys: ApiKeyRow[] = []
    for (const { id } of merchants) keys.push(...(await listApiKeys(pool, id)))
    return keys
  })
  answer(io, options, { keys: rows.map(viewOf) }, () =>
    rows.length === 0
      ? ['There is no key yet: tercet keys create.']
      : table(['id', 'merchant', 'protocol', 'kind', 'ends in', 'made', 'last used', 'ends'], rows.map(rowOf), [
          'merchant',
        ]),
  )
}

async function runRevoke(io: Io, id: string, options: OutputOptions): Promise<void> {
  // A key pasted here by mistake must not come back on the terminal either.
  if (!/^key_[\w-]{1,60}$/.test(id)) throw new CliError('a key is revoked by its id, which starts with key_')
  const revoked = await withDatabase(io, ({ pool }) => revokeKeyAs(pool, id, asOperator))
  if (!revoked) throw new CliError(`there is no live key ${id}: tercet keys list shows them`)
  answer(io, options, { id, revoked: true }, () => [`revoked ${id}`])
}

function rowOf({
  id,
  merchantId,
  protocol,
  kind,
  last4,
  createdAt,
  lastUsedAt,
  expiresAt,
  revokedAt,
}: ApiKeyRow): string[] {
  const end = revokedAt ?? expiresAt
  return [
    id,
    String(merchantId),
    protocol,
    kind,
    last4,
    timeText(createdAt),
    lastUsedAt === null ? '' : timeText(lastUsedAt),
    end === null ? '' : timeText(end),
  ]
}

function viewOf({ merchantId, createdAt, revokedAt, expiresAt, lastUsedAt, ...rest }: ApiKeyRow): object {
  const times = {
    createdAt: isoOf(createdAt),
    lastUsedAt: lastUsedAt && isoOf(lastUsedAt),
    expiresAt: expiresAt && isoOf(expiresAt),
    revokedAt: revokedAt && isoOf(revokedAt),
  }
  return { ...rest, merchant: merchantId, ...times }
}
