import type { Command } from 'commander'
import { type AccountTest, saveAcquirerAccount, testAcquirerAccount } from '../../app/attempt/acquirer-accounts.ts'
import { createAcquirerDirectory } from '../../app/attempt/acquirer-directory.ts'
import { type AcquirerAccount, listAccounts, operator } from '../../db/acquirer/acquirer-accounts.ts'
import { isoOf } from '../../kernel/instant.ts'
import { createAcquirerHttp } from '../../rails/card/acquirer-http.ts'
import { connectors } from '../../rails/card/index.ts'
import { CliError } from '../cli-error.ts'
import { type Database, withDatabase } from '../database/database.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type MerchantOption, merchantFlag, merchantNamed } from '../merchant.ts'
import { timeText } from '../print/format.ts'
import { answer, type OutputOptions } from '../print/print.ts'
import { table } from '../print/table.ts'

type Options = OutputOptions & MerchantOption
type SetOptions = Options & {
  readonly connector: string
  readonly currency: string
  readonly field?: readonly string[]
}

const ownerHelp = "a merchant's accounts; without it the operator's own, which collect instalments"

/** `tercet acquirers set|show|test`. */
export function addAcquirers(program: Command, io: Io): void {
  const acquirers = program
    .command('acquirers')
    .description("accounts with card acquirers, the operator's or a merchant's")
  acquirers
    .command('set')
    .description('add an account, or give it other credentials; they are kept encrypted')
    .option(merchantFlag, ownerHelp)
    .requiredOption('--connector <name>', `how it is spoken to (${[...connectors.keys()].join(', ')})`)
    .requiredOption('--currency <code>', 'what it takes, like EUR')
    .option('--field <name=value...>', 'a credential; `name=-` reads the value from the environment, TERCET_<NAME>')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
What is typed on a command line may be seen by others on the machine: give secrets by the environment.

Examples:
  TERCET_PASSWORD=... tercet acquirers set --merchant 3 --connector valitor_greidslugatt --currency ISK \\
    --field endpoint=https://greidslugatt.valitor.is/greidslugatt.asmx username=shop password=- posId=5 currency=ISK`,
    )
    .action((options: SetOptions) => runSet(io, options))
  acquirers
    .command('show')
    .description('list accounts, without their credentials, and what each can do')
    .option(merchantFlag, ownerHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet acquirers show')
    .action((options: Options) => runShow(io, options))
  acquirers
    .command('test')
    .description('ask each acquirer about a payment that never was, to see whether it answers; moves no money')
    .option(merchantFlag, ownerHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nThe exit code is 2 when one does not answer.\n\nExample:\n  tercet acquirers test')
    .action((options: Options) => runTest(io, options))
}

async function ownerOf(database: Database, { merchant }: MerchantOption): Promise<number> {
  return merchant === undefined ? operator : (await merchantNamed(database, merchant)).id
}

async function runSet(io: Io, options: SetOptions): Promise<void> {
  const credentials = Object.fromEntries((options.field ?? []).map((text) => readField(io, text)))
  const saved = await withDatabase(io, async (database) => {
    const owner = await ownerOf(database, options)
    const { connector, currency } = options
    return await saveAcquirerAccount(database.pool, database.sealer(), { owner, connector, currency, credentials })
  })
  if (!saved.ok) throw new CliError(`${saved.reason.field} ${saved.reason.message}`)
  const { id, isNew, missing } = saved.value
  answer(io, options, { id, added: isNew, cannot: missing }, () => [
    `${isNew ? 'added' : 'changed'} account ${id}`,
    ...(missing.length > 0 ? [`It cannot ${missing.join(', ')}, so it cannot collect instalments.`] : []),
  ])
}

function readField(io: Io, text: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? []
  if (name === '') throw new CliError('a credential is given as name=value')
  if (value !== '-') return [name, value]
  const variable = `TERCET_${name.toUpperCase()}`
  const given = io.env[variable]
  if (given === undefined) throw new CliError(`${variable} is not set, and ${name} is to be read from it`)
  return [name, given]
}

async function runShow(io: Io, options: Options): Promise<void> {
  const accounts = await withDatabase(io, async (database) =>
    listAccounts(database.pool, await ownerOf(database, options)),
  )
  answer(io, options, { accounts: accounts.map(viewOf) }, () =>
    accounts.length === 0
      ? ['There is no account yet: tercet acquirers set.']
      : table(
          ['account', 'connector', 'currency', 'credentials', 'can', 'made'],
          accounts.map((account) => [
            ...[account.id, account.connector, account.currency, account.sealed ? 'kept' : 'none'],
            abilitiesOf(account).join(', '),
            timeText(account.createdAt),
          ]),
        ),
  )
}

function viewOf(account: AcquirerAccount): object {
  const { id, connector, currency, isEnabled, sealed, createdAt } = account
  return {
    ...{ id, connector, currency, enabled: isEnabled, hasCredentials: sealed !== null },
    ...{ abilities: abilitiesOf(account), createdAt: isoOf(createdAt) },
  }
}

function abilitiesOf({ connector }: AcquirerAccount): readonly string[] {
  return [...(connectors.get(connector)?.abilities ?? [])].map((ability) => ability.replaceAll('_', ' '))
}

const results: Readonly<Record<AccountTest, string>> = {
  answers: 'it answers',
  does_not_answer: 'it does not answer, or refuses the credentials',
  not_usable: 'it has no credentials that can be used',
}

async function runTest(io: Io, options: Options): Promise<void> {
  const tested = await withDatabase(io, async (database) => {
    const { pool, clock } = database
    const http = createAcquirerHttp()
    const acquirers = createAcquirerDirectory(pool, database.sealer(), undefined, { http, clock })
    try {
      const accounts = await listAccounts(pool, await ownerOf(database, options))
      return await Promise.all(
        accounts.map(async (account) => ({ account, result: await testAcquirerAccount(pool, acquirers, account) })),
      )
    } finally {
      await http.close()
    }
  })
  answer(io, options, { accounts: tested.map(({ account, result }) => ({ id: account.id, result })) }, () =>
    tested.length === 0
      ? ['There is no account yet: tercet acquirers set.']
      : tested.map(
          ({ account, result }) => `${account.connector} ${account.currency} ${account.id}: ${results[result]}`,
        ),
  )
  if (tested.some(({ result }) => result !== 'answers'))
    throw new CliError('not every acquirer answers', exitCodes.checkFailed)
}
