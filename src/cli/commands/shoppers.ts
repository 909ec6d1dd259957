import type { Command } from 'commander'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import type { OutputOptions } from '../print/print.ts'
import { runBlock, runErase, runShow } from '../shoppers/shoppers.ts'

const argument = ['<shopper>', 'an e-mail address, a phone number with its country (+39...), or an id'] as const

/** `tercet shoppers show|block|unblock|erase`. */
export function addShoppers(program: Command, io: Io): void {
  const shoppers = program.command('shoppers').description('the people who buy: their accounts, cards and orders')
  shoppers
    .command('show')
    .description('show an account with its cards and orders, and what the same person has in other cells')
    .argument(...argument)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet shoppers show ada@example.com')
    .action((text: string, options: OutputOptions) => runShow(io, text, options))
  shoppers
    .command('block')
    .description('refuse new purchases, in every cell; what is open is still collected')
    .argument(...argument)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet shoppers block +393331234567')
    .action((text: string, options: OutputOptions) => runBlock(io, text, 'blocked', options))
  shoppers
    .command('unblock')
    .description('allow purchases again')
    .argument(...argument)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet shoppers unblock +393331234567')
    .action((text: string, options: OutputOptions) => runBlock(io, text, 'active', options))
  shoppers
    .command('erase')
    .description('forget a shopper for good: refused while anything is still to be paid')
    .argument(...argument)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Name, contacts, cards, messages and sessions are gone, in every cell. Orders and the ledger stay, without the account.

Example:
  tercet shoppers erase ada@example.com`,
    )
    .action((text: string, options: OutputOptions) => runErase(io, text, options))
}
