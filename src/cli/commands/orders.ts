import { type Command, Option } from 'commander'
import { paymentStates } from '../../domain/payment/state.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { merchantFlag, merchantHelp } from '../merchant.ts'
import { type AuthorizeOptions, authorizeOrder } from '../orders/authorize.ts'
import { captureOrder, delayOrder, refundOrder, voidOrder } from '../orders/change.ts'
import { type ListOptions, listOrders } from '../orders/list.ts'
import { showOrder } from '../orders/show.ts'
import type { OutputOptions } from '../print/print.ts'
import { readDuration } from '../read/duration.ts'
import { readWhen } from '../read/time.ts'
import { readLimit } from '../read/values.ts'
import { keyFlag, keyHelp, urlFlag, urlHelp } from '../sandbox-key.ts'

/** `tercet orders list|show|authorize|capture|delay|void|refund`. */
export function addOrders(program: Command, io: Io): void {
  const orders = program.command('orders').description('look at orders, change one, or be its shopper')
  addReads(orders, io)
  addAuthorize(orders, io)
  addCapture(orders, io)
  addVoid(orders, io)
}

function addReads(orders: Command, io: Io): void {
  orders
    .command('list')
    .description("list a merchant's orders of every API, newest first")
    .option(merchantFlag, merchantHelp)
    .addOption(new Option('--state <state>', 'only these').choices(paymentStates))
    .option('--reference <text>', 'only with this merchant reference')
    .option('--from <time>', 'created at or after: 2030-01-31T12:00:00Z, or how long ago: 2h', readWhen)
    .option('--to <time>', 'created before; the same', readWhen)
    .option('--limit <count>', 'how many', readLimit, 50)
    .option('--before <order>', 'the page after this order')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Examples:
  tercet orders list --merchant SHOP
  tercet orders list --merchant SHOP --state authorized --from 2d
  tercet orders list --merchant SHOP --json | jq -r '.orders[].token'`,
    )
    .action((options: ListOptions) => listOrders(io, options))
  orders
    .command('show')
    .description('show an order: its state, its money, and everything that happened to it')
    .argument('<token>', tokenHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      '\nExamples:\n  tercet orders show SHOP7Q2M9XCV\n  tercet orders show SHOP7Q2M9XCV --json | jq .state',
    )
    .action((token: string, options: OutputOptions) => showOrder(io, token, options))
}

const tokenHelp = 'the order token, twelve letters and digits'

function withServer(command: Command): Command {
  return command
    .argument('<token>', tokenHelp)
    .option(keyFlag, keyHelp)
    .option(urlFlag, urlHelp)
    .option(jsonFlag, jsonHelp)
}

function addAuthorize(orders: Command, io: Io): void {
  withServer(orders.command('authorize'))
    .description('pay an order as its shopper would, without a browser (sandbox only)')
    .requiredOption('--card <number>', 'a test card: 4242424242424242 approves, 4000000000000002 declines')
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

/** Changes go through the running server, as the merchant's own call. */
function changing(orders: Command, name: string): Command {
  return withServer(orders.command(name))
    .option('--reference <text>', 'a merchant reference to store with it')
    .option('--idempotency-key <key>', 'makes the same command safe to run again; default one for this run')
}

function addCapture(orders: Command, io: Io): void {
  changing(orders, 'capture')
    .description('capture an authorized Scalapay order')
    .option('--amount <euros>', 'a part of it; the rest is released')
    .addHelpText(
      'after',
      '\nExamples:\n  tercet orders capture SHOP7Q2M9XCV\n  tercet orders capture SHOP7Q2M9XCV --amount 40.00',
    )
    .action((token: string, options) => captureOrder(io, token, options))
  changing(orders, 'delay')
    .description('delay the capture of an authorized Scalapay order')
    .option('--for <duration>', 'like 5d, 36h or 1d12h; default 5d', readDuration)
    .addHelpText('after', '\nExample:\n  tercet orders delay SHOP7Q2M9XCV --for 3d')
    .action((token: string, options) => delayOrder(io, token, options))
}

function addVoid(orders: Command, io: Io): void {
  changing(orders, 'void')
    .description('void a Scalapay order that was not captured')
    .addHelpText('after', '\nExample:\n  tercet orders void SHOP7Q2M9XCV')
    .action((token: string, options) => voidOrder(io, token, options))
  changing(orders, 'refund')
    .description('refund a captured Scalapay order, wholly or in part')
    .requiredOption('--amount <euros>', 'how much; tercet orders show says what can be refunded')
    .addHelpText('after', '\nExample:\n  tercet orders refund SHOP7Q2M9XCV --amount 25.00 --reference RETURN-7')
    .action((token: string, options) => refundOrder(io, token, options))
}
