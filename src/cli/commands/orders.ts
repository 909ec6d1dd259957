import type { Command } from 'commander'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type AuthorizeOptions, authorizeOrder } from '../orders/authorize.ts'
import { showOrder } from '../orders/show.ts'
import type { OutputOptions } from '../print/print.ts'
import { keyFlag, keyHelp, urlFlag, urlHelp } from '../sandbox-key.ts'

/** `tercet orders show|authorize`. */
export function addOrders(program: Command, io: Io): void {
  const orders = program.command('orders').description('look at an order, or be its shopper')
  orders
    .command('show')
    .description('show an order: its state, its money, and everything that happened to it')
    .argument('<token>', 'the order token, twelve letters and digits')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      '\nExamples:\n  tercet orders show SHOP7Q2M9XCV\n  tercet orders show SHOP7Q2M9XCV --json | jq .state',
    )
    .action((token: string, options: OutputOptions) => showOrder(io, token, options))
  orders
    .command('authorize')
    .description('pay an order as its shopper would, without a browser (sandbox only)')
    .argument('<token>', 'the order token, twelve letters and digits')
    .requiredOption('--card <number>', 'a test card: 4242424242424242 approves, 4000000000000002 declines')
    .option(keyFlag, keyHelp)
    .option(urlFlag, urlHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
The exit code is 2 when the card is declined; the order stays open for another one.

Examples:
  tercet orders authorize SHOP7Q2M9XCV --card 4242424242424242
  tercet orders authorize A7K29XCV4B8N --card 4000000000009995 --key sp_test_... --json`,
    )
    .action((token: string, options: AuthorizeOptions) => authorizeOrder(io, token, options))
}
