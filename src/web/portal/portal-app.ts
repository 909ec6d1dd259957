import type { App } from '../../app/app.ts'
import type { AuditLog, By } from '../../app/audit/audit-log.ts'
import type { StoredTransfer } from '../../app/chain/chain-inbox.ts'
import type { ShownTransfer } from '../../app/chain/shown-transfers.ts'
import type { BrandChange, BrandRefusal } from '../../app/merchant/brand.ts'
import type { OwnOrganization } from '../../app/organization/own-organization.ts'
import type { ActOnOrder } from '../../app/payment/act-on-order.ts'
import type { FindOrders } from '../../app/payment/find-orders.ts'
import type { OrderPages } from '../../app/payment/order-page.ts'
import type { ReadSales } from '../../app/payment/read-sales.ts'
import type { Account } from '../../app/user/account.ts'
import type { Passkeys } from '../../app/user/passkeys.ts'
import type { People } from '../../app/user/people.ts'
import type { SavedViews } from '../../app/user/saved-views.ts'
import type { Sessions } from '../../app/user/sessions.ts'
import type { SignIn } from '../../app/user/sign-in.ts'
import type { Brand } from '../../domain/merchant/brand.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { MerchantId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { WebBuild } from '../shared/build/web-build.ts'
import type { Developers } from './developers-app.ts'
import type { LiveStreams } from './live-streams.ts'

/** The people's side of the app: who they are and what they did. */
export type Users = {
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly passkeys: Passkeys
  readonly account: Account
  readonly people: People
  readonly savedViews: SavedViews
  readonly auditLog: AuditLog
  /** signs in the sandbox's demo owner; undefined in live mode */
  readonly demo: ((origin: { readonly address: string; readonly agent: string }) => Promise<string>) | undefined
}

/** How a shop's pages look. */
export type Brands = {
  readonly read: (id: MerchantId) => Promise<Brand>
  readonly change: (id: MerchantId, change: BrandChange, by: By) => Promise<Result<Brand, BrandRefusal>>
}

/** A shop's own system, which tells of orders by webhooks. */
export type ShopSystem = Pick<App['shops'], 'hasSecret' | 'setSecret'> & {
  /** where it is to send them; undefined where no merchant API listens */
  readonly webhookUrl: (merchant: MerchantTerms) => string | undefined
}

/** What staff finds, reads and does with orders. */
export type Orders = {
  readonly findOrders: FindOrders
  readonly orderPages: OrderPages
  readonly act: ActOnOrder
  readonly readSales: ReadSales
  readonly showTransfers: (transfers: readonly StoredTransfer[]) => Promise<readonly ShownTransfer[]>
}

/** All that the portal uses of the program. */
export type PortalApp = Pick<App, 'mode' | 'publicUrl' | 'clock'> & {
  readonly chains: Pick<App['chains'], 'inbox' | 'settings' | 'choices'>
  readonly catalogue: Pick<
    OwnOrganization,
    'list' | 'isOwnedBy' | 'listEntities' | 'findEntity' | 'putEntity' | 'deleteEntity'
  >
  readonly brands: Brands
  readonly shopSystem: ShopSystem
  readonly users: Users
  readonly orders: Orders
  readonly developers: Developers
  /** that something of a shop has changed, to browsers that watch it */
  readonly live: LiveStreams
  readonly merchants: { readonly byId: (id: MerchantId) => Promise<MerchantTerms | undefined> }
  /** sessions and proofs of being there run on it, whatever the sandbox's clock shows */
  readonly realClock: Clock
  /** behind a declared proxy the caller's address is the one that the proxy wrote */
  readonly isBehindProxy: boolean
  /** the merchant APIs that orders come from, with their names as people know them */
  readonly apis: readonly { readonly name: string; readonly title: string }[]
  readonly build: Pick<WebBuild, 'find'>
}
