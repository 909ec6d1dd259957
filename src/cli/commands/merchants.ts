import { type Command, InvalidArgumentError } from 'commander'
import { instalmentProducts } from '../../domain/instalments/products.ts'
import { type Language, languageOf, languages } from '../../kernel/language.ts'
import type { Io } from '../io.ts'
import { jsonFlag, jsonHelp } from '../json-option.ts'
import { type AddOptions, runAdd, runList } from '../merchants/add.ts'
import { disableMerchant, type SetOptions, setMerchant, showMerchant } from '../merchants/change.ts'
import { runShopSecret, type ShopSecretOptions } from '../merchants/shop-secret.ts'
import type { OutputOptions } from '../print/print.ts'
import { readDuration } from '../read/duration.ts'
import { collectProduct } from '../read/product.ts'
import { readPercent } from '../read/values.ts'

/** `tercet merchants add|list|show|set|disable|enable|shop-secret`. */
export function addMerchants(program: Command, io: Io): void {
  const merchants = program.command('merchants').description('the shops that take money through this server')
  addAdd(merchants, io)
  addReads(merchants, io)
  addSet(merchants, io)
  addDisable(merchants, io)
  addShopSecret(merchants, io)
}

const productFlag = '--product <name:min-max>'
const expiryFlag = '--order-expiry <duration>'
const expiryHelp = 'the longest an order may wait for its shopper'
const warningFlag = '--warning <duration>'
const warningHelp = 'how long before its end an authorization is warned of'
const zoneFlag = '--time-zone <name>'
const zoneHelp = 'IANA name of the zone its instalments have their dates in'

function addAdd(merchants: Command, io: Io): void {
  const command = merchants
    .command('add')
    .description('add a merchant')
    .argument('<name>', 'what shoppers read')
    .option('--currency <code>', 'ISO 4217, of its orders and its ledger', 'EUR')
    .option('--fee <percent>', 'of what is captured', readPercent, 0)
    .option('--fee-tax <percent>', 'tax on that fee', readPercent, 0)
    .option(productFlag, 'a product and its order limits; may be repeated', collectProduct)
    .option(zoneFlag, zoneHelp, 'Europe/Rome')
    .option('--cell <name>', 'where its data lives; default the smallest of the open cells')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Without --product a merchant in EUR has ${instalmentProducts.join(', ')}, each for orders of 5 to 2000, and another one none: those
are sold in EUR only, and payment instances and crypto payments need none.

Examples:
  tercet merchants add "Ada's Chairs" --fee 5 --fee-tax 22
  tercet merchants add Bókabúð --currency ISK
  tercet merchants add Shop --product pay-in-3:5.00-2000.00 --product later:5.00-500.00 --json`,
    )
    .action((name: string, options: AddOptions) => runAdd(io, name, options))
  addDuration(command, expiryFlag, expiryHelp, '7d')
  addDuration(command, warningFlag, warningHelp, '24h')
}

/** The help shows the default as it would be typed. */
function addDuration(command: Command, flag: string, help: string, usual: string): void {
  command.addOption(command.createOption(flag, help).argParser(readDuration).default(readDuration(usual), usual))
}

function addReads(merchants: Command, io: Io): void {
  merchants
    .command('list')
    .description('list the merchants')
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet merchants list')
    .action((options: OutputOptions) => runList(io, options))
  merchants
    .command('show')
    .description('show what was agreed with a merchant')
    .argument('<merchant>', nameHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet merchants show SHOP')
    .action((name: string, options: OutputOptions) => showMerchant(io, name, options))
}

const nameHelp = 'its id, token prefix or name'

function addSet(merchants: Command, io: Io): void {
  merchants
    .command('set')
    .description('change what was agreed with a merchant, for orders from now on')
    .argument('<merchant>', nameHelp)
    .option('--name <name>', 'what shoppers read')
    .option('--fee <percent>', 'of what is captured', readPercent)
    .option('--fee-tax <percent>', 'tax on that fee', readPercent)
    .option(productFlag, 'its products from now on, all of them; may be repeated', collectProduct)
    .option(expiryFlag, expiryHelp, readDuration)
    .option(warningFlag, warningHelp, readDuration)
    .option(zoneFlag, zoneHelp)
    .option(
      '--most-owed <amount>',
      'what a shopper may owe with its orders, in whole units; none: the usual',
      readCount,
    )
    .option('--orders-per-day <count>', 'that one shopper may confirm; none: the usual', readCount)
    .option(
      '--locale <code>',
      `language of its pages, ${languages.join(', ')}; none: what the browser asks for`,
      readLocale,
    )
    .option('--colour <#rrggbb>', 'of buttons and links on its pages; none: the usual')
    .option('--logo <file>', 'PNG, JPEG, WebP or GIF of 512 KB at most; none: only its name')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
What is not given stays as it is. The currency cannot be changed. An order keeps the fee it was made with.

Examples:
  tercet merchants set SHOP --fee 4.5
  tercet merchants set SHOP --logo shop.png --colour '#0b5c49' --locale it
  tercet merchants set 3 --product pay-in-3:10-1500 --product pay-in-4:100-1500`,
    )
    .action((name: string, options: SetOptions) => setMerchant(io, name, options))
}

function addDisable(merchants: Command, io: Io): void {
  merchants
    .command('disable')
    .description('close a merchant: its keys and payment addresses open nothing within about a second')
    .argument('<merchant>', nameHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Its past, webhooks and ledger stay. An order that a shopper still pays cannot be captured, and is released when its time is over.

Example:
  tercet merchants disable SHOP`,
    )
    .action((name: string, options: OutputOptions) => disableMerchant(io, name, true, options))
  merchants
    .command('enable')
    .description('open a merchant that was disabled, with the keys it had')
    .argument('<merchant>', nameHelp)
    .option(jsonFlag, jsonHelp)
    .addHelpText('after', '\nExample:\n  tercet merchants enable SHOP')
    .action((name: string, options: OutputOptions) => disableMerchant(io, name, false, options))
}

function addShopSecret(merchants: Command, io: Io): void {
  merchants
    .command('shop-secret')
    .description('what a merchant’s shop system, like Shopify, signs its orders with; kept encrypted, never shown')
    .argument('<merchant>', nameHelp)
    .option('--set', 'read it from the environment, TERCET_SHOP_SECRET')
    .option('--remove', 'believe no order of the shop any more')
    .option(jsonFlag, jsonHelp)
    .addHelpText(
      'after',
      `
Without --set and --remove it says whether there is one. What is typed on a command line may be seen by others on the machine:
give the secret by the environment.

Example:
  TERCET_SHOP_SECRET=... tercet merchants shop-secret SHOP --set`,
    )
    .action((name: string, options: ShopSecretOptions) => runShopSecret(io, name, options))
}

function readCount(text: string): number | 'none' {
  if (text === 'none') return text
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number above zero, or none.')
}

/** Commander hands no parsed null on: `none` stays the word until the command maps it. */
function readLocale(text: string): Language | 'none' {
  const language = text === 'none' ? text : languageOf(text)
  if (language) return language
  throw new InvalidArgumentError(`It must be one of ${languages.join(', ')}, or none.`)
}
