import { Command } from 'commander'
import { version } from '../main/version.ts'
import { addTokens } from './chains/tokens.ts'
import { addAcquirers } from './commands/acquirers.ts'
import { addAudit } from './commands/audit.ts'
import { addCatalog } from './commands/catalog.ts'
import { addCells } from './commands/cells.ts'
import { addChains } from './commands/chains.ts'
import { addClock } from './commands/clock.ts'
import { addKeys } from './commands/keys.ts'
import { addLedger } from './commands/ledger.ts'
import { addListen } from './commands/listen.ts'
import { addMerchants } from './commands/merchants.ts'
import { addMessages } from './commands/messages.ts'
import { addMigrate } from './commands/migrate.ts'
import { addOrders } from './commands/orders.ts'
import { addPlans } from './commands/plans.ts'
import { addShoppers } from './commands/shoppers.ts'
import { addStart } from './commands/start.ts'
import { addTrigger } from './commands/trigger.ts'
import { addUsers } from './commands/users.ts'
import { addWallets } from './commands/wallets.ts'
import { addWebhooks } from './commands/webhooks.ts'
import type { Io } from './io.ts'
import { addLateFees } from './plans/late-fees.ts'
import { clean } from './print/clean.ts'

/** Every command, ready to parse. Nothing in here ends the process: help, version and wrong usage throw CommanderError. */
export function createProgram(io: Io): Command {
  const program = new Command('tercet')
    .description('A self-hosted payments server: one engine, one double-entry ledger, three merchant APIs.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(oneMessage(text)),
    })
    .addHelpText('after', about)
  const add = [
    addStart,
    addMigrate,
    addMerchants,
    addKeys,
    addOrders,
    addPlans,
    addLateFees,
    addShoppers,
    addAcquirers,
    addWallets,
    addChains,
    addTokens,
    addWebhooks,
    addMessages,
    addTrigger,
    addListen,
    addClock,
    addLedger,
    addCatalog,
    addCells,
    addUsers,
    addAudit,
  ]
  for (const addTo of add) addTo(program, io)
  return program
}

/** The parser repeats what was typed; a suggestion comes on a line of its own. */
function oneMessage(text: string): string {
  const lines = text.trimEnd().replace(/^error: /, 'tercet: ')
  return `${lines.split('\n').map(clean).join('\n')}\n`
}

const about = `
Every command takes --json for scripts, and --help for its options and examples.

The database is the one of DATABASE_URL, else the embedded PostgreSQL below TERCET_DATA (./.tercet): the running server's,
or started for as long as the command runs. The server, where a command talks to it, is at --url, else PUBLIC_URL, else
http://localhost:PORT (8080).

Exit codes:
  0    done
  1    a wrong argument or setting, or something that is not there
  2    it ran, and what it looked at is not right (ledger check, a declined card, a catalogue file with mistakes)
  3    the database or the server is away
  130  ended by Ctrl-C`
