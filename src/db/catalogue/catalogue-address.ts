import type { Pool } from 'pg'
import type { PaymentInstance } from '../../domain/catalogue/model/catalogue.ts'
import type { Uuid } from '../../domain/catalogue/model/uuid.ts'
import type { Currency } from '../../kernel/currency.ts'
import type { MerchantId } from '../../kernel/ids.ts'

type Queryable = Pick<Pool, 'query'>

/** Where a payment request goes: what the three uuids of its path stand for. */
export type PaymentAddress = {
  readonly merchantId: MerchantId
  readonly organization: { readonly uuid: Uuid; readonly currency: Currency; readonly timeZone: string }
  readonly channel: { readonly uuid: Uuid; readonly isPos: boolean }
  readonly instance: PaymentInstance & {
    readonly accountId: string
    /** SHA-256 of the key a caller must show; null: none is asked for */
    readonly bearerKeyHash: Buffer | null
  }
}

type AddressRow = {
  merchant_id: MerchantId
  organization_uuid: Uuid
  organization_currency: Currency
  time_zone: string
  channel_uuid: Uuid
  is_pos: boolean
  uuid: Uuid
  title: string
  namespace: string
  currency: Currency
  acquirer: string
  account_id: string
  bearer_key_hash: Buffer | null
  ip_allow_list: string[]
  requests_per_minute: number
  requests_per_minute_per_address: number
  declines_per_hour_per_address: number
}

/**
 * Undefined when any of the three is unknown, disabled, or of another organization, or the merchant is disabled: one statement and one answer for all
 * of these, so that neither its body nor its time tells which (salescloud.md 4).
 */
export async function findPaymentAddress(
  db: Queryable,
  path: { readonly organization: Uuid; readonly channel: Uuid; readonly instance: Uuid },
): Promise<PaymentAddress | undefined> {
  const { rows } = await db.query<AddressRow>({
    name: 'find_payment_address',
    text: `select o.merchant_id, o.organization_uuid, o.currency as organization_currency, o.time_zone,
        c.uuid as channel_uuid, c.is_pos, i.uuid, i.title, i.namespace, i.currency, i.acquirer, i.account_id,
        i.bearer_key_hash, i.ip_allow_list, i.requests_per_minute, i.requests_per_minute_per_address,
        i.declines_per_hour_per_address
      from organization o
      join catalogue_channel c on c.merchant_id = o.merchant_id and c.uuid = $2
        and c.organization_uuid = o.organization_uuid and c.is_enabled
      join catalogue_instance i on i.merchant_id = o.merchant_id and i.uuid = $3
        and i.organization_uuid = o.organization_uuid and i.is_enabled
      where o.organization_uuid = $1 and o.is_enabled
        and exists (select from merchant m where m.id = o.merchant_id and m.disabled_at is null)`,
    values: [path.organization, path.channel, path.instance],
  })
  return rows[0] && addressFromRow(rows[0])
}

/** Which merchant an organization belongs to, enabled or not. */
export async function findOrganizationOwner(db: Queryable, organization: Uuid): Promise<MerchantId | undefined> {
  const { rows } = await db.query<{ merchant_id: MerchantId }>(
    'select merchant_id from organization where organization_uuid = $1',
    [organization],
  )
  return rows[0]?.merchant_id
}

function addressFromRow(row: AddressRow): PaymentAddress {
  return {
    merchantId: row.merchant_id,
    organization: { uuid: row.organization_uuid, currency: row.organization_currency, timeZone: row.time_zone },
    channel: { uuid: row.channel_uuid, isPos: row.is_pos },
    instance: {
      uuid: row.uuid,
      title: row.title,
      namespace: row.namespace,
      currency: row.currency,
      acquirer: row.acquirer,
      ipAllowList: row.ip_allow_list,
      rateLimits: {
        requestsPerMinute: row.requests_per_minute,
        requestsPerMinutePerAddress: row.requests_per_minute_per_address,
        declinesPerHourPerAddress: row.declines_per_hour_per_address,
      },
      isEnabled: true,
      accountId: row.account_id,
      bearerKeyHash: row.bearer_key_hash,
    },
  }
}
