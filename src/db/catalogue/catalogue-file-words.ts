import type { CatalogueKind } from '../../domain/catalogue/model/kinds.ts'

/*
 * Rows in the words of a catalogue file, built by the database, so that a large catalogue passes through as text. Written out
 * with its defaults; what is none is left out, since a file says so by not saying it. Credentials and keys have no word here.
 */

type Words = {
  /** the entity as in the file, of the row `t` */
  readonly file: string
  /** what cannot be set: facts that came about, or secrets of which only the presence is told */
  readonly readOnly?: string
}

const named = `'uuid', t.uuid, 'title', t.title`
const enabled = `'enabled', t.is_enabled`
const value = `'percent', trim_scale(t.percent_hundredths / 100.0), 'amount', t.amount`
const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** For `json_strip_nulls(json_build_object(...))`, in an organization's row `o`. */
export const organizationWords = `'uuid', o.organization_uuid, 'title', o.title, 'currency', o.currency,
  'timeZone', o.time_zone, 'enabled', o.is_enabled`

const startsOf = (words: string) => `(select coalesce(json_agg(json_build_object(${words}) order by e.starts_at), '[]')
  from event_capacity e where e.merchant_id = t.merchant_id and e.product_uuid = t.uuid)`

export const wordsOfKind: { readonly [Kind in CatalogueKind]: Words } = {
  channels: { file: `${named}, 'pos', t.is_pos, ${enabled}` },
  instances: {
    file: `${named}, 'namespace', t.namespace, 'currency', t.currency, 'acquirer', t.acquirer,
      'ipAllowList', t.ip_allow_list, 'rateLimits', json_build_object('requestsPerMinute', t.requests_per_minute,
      'requestsPerMinutePerAddress', t.requests_per_minute_per_address,
      'declinesPerHourPerAddress', t.declines_per_hour_per_address), ${enabled}`,
    readOnly: `json_build_object('hasCredentials', exists (select from acquirer_account a
        where a.owner = t.merchant_id and a.account_id = t.account_id and a.sealed_credentials is not null),
      'hasBearerKey', t.bearer_key_hash is not null)`,
  },
  locations: { file: `${named}, ${enabled}` },
  units: { file: `${named}, 'location', t.location_uuid, ${enabled}` },
  deliveryServices: {
    file: `${named}, 'price', t.price, ${enabled}`,
  },
  coupons: {
    file: `${named}, ${value}, 'validFrom', ${time('t.valid_from')}, 'validUntil', ${time('t.valid_until')},
      'minimum', t.minimum, 'usageLimit', t.usage_limit, ${enabled}`,
    // Counted only where there is a limit: any other number would be wrong.
    readOnly: `case when t.usage_limit is not null then json_build_object('used', t.used) end`,
  },
  discountRules: {
    file: `'machineName', t.machine_name, 'adminTitle', t.admin_title, 'name', t.name, 'type', t.kind, ${value},
      'sortOrder', t.sort_order, 'compatibleWithOthers', t.is_compatible, 'conditions', t.conditions, ${enabled}`,
  },
  products: {
    file: `${named}, 'price', t.price, 'type', t.product_type, 'department', t.department, 'categories', t.categories,
      'attributes', t.attributes,
      'variationTypes', (select coalesce(json_agg(json_build_object('name', x.type -> 'name',
          'required', x.type -> 'isRequired') order by x.at), '[]')
        from jsonb_array_elements(t.variation_types) with ordinality as x (type, at)),
      'variations', (select coalesce(json_agg(json_build_object('uuid', v.uuid, 'type', v.type, 'title', v.title,
          'priceChange', v.price_change) order by v.position), '[]')
        from catalogue_variation v where v.merchant_id = t.merchant_id and v.product_uuid = t.uuid),
      'event', case when t.is_event then json_build_object('starts',
        ${startsOf(`'startsAt', ${time('e.starts_at')}, 'endsAt', ${time('e.ends_at')}, 'capacity', e.capacity`)}) end,
      ${enabled}`,
    readOnly: `case when t.is_event then json_build_object('starts',
      ${startsOf(`'startsAt', ${time('e.starts_at')}, 'taken', e.taken`)}) end`,
  },
}
