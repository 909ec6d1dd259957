import type pg from 'pg'
import { type AccountOwner, type AcquirerAccount, listAccounts, operator } from '../../db/acquirer/acquirer-accounts.ts'
import type { Funding } from '../../domain/payment/funding.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Ability } from '../../rails/card/connector.ts'
import { connectors } from '../../rails/card/index.ts'
import { noAcquirer } from '../../rails/card/no-acquirer.ts'
import type { AcquirerDirectory, CardAcquirer } from '../../rails/rail.ts'
import { outageAsUnavailable } from '../shared/outage.ts'
import { acquirerKey, sandboxConnector } from './acquirer-directory.ts'

/** An acquirer with the key that attempts are filed under. */
export type ChosenAcquirer = { readonly key: string; readonly acquirer: CardAcquirer }

export type ChooseAcquirer = (payment: {
  readonly merchantId: MerchantId
  readonly currency: Currency
  readonly funding: Funding
}) => Promise<ChosenAcquirer>

/** What an order in instalments asks of an acquirer; 3-D Secure is for the acquirer to ask for. */
export const instalmentAbilities: readonly Ability[] = ['authorize', 'capture', 'keep_card', 'charge_kept_card']

/**
 * The account that the hosted checkout authorizes with: what the operator funds goes through the operator's own, anything else
 * through the merchant's. The oldest enabled one of the currency that can do what is needed; without any the sandbox's in
 * sandbox mode, and in live mode one that declines every card.
 */
export function createChooseAcquirer(pool: pg.Pool, acquirers: AcquirerDirectory): ChooseAcquirer {
  return async ({ merchantId, currency, funding }) => {
    const owner: AccountOwner = funding === 'shopper' ? operator : merchantId
    const needed: readonly Ability[] = funding === 'shopper' ? instalmentAbilities : ['authorize', 'capture']
    const accounts = await outageAsUnavailable(listAccounts(pool, owner))
    for (const account of accounts.filter((each) => fits(each, currency, needed))) {
      const key = acquirerKey(account.connector, account.id)
      const acquirer = await acquirers(key, merchantId)
      if (acquirer) return { key, acquirer }
    }
    const sandbox = await acquirers(sandboxConnector, merchantId)
    return sandbox ? { key: sandboxConnector, acquirer: sandbox } : { key: noAcquirer.name, acquirer: noAcquirer }
  }
}

function fits(account: AcquirerAccount, currency: Currency, needed: readonly Ability[]): boolean {
  if (!account.isEnabled || account.currency !== currency) return false
  const abilities = connectors.get(account.connector)?.abilities
  return abilities !== undefined && needed.every((ability) => abilities.has(ability))
}
