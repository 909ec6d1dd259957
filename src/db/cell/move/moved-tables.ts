/** A table whose rows go with their merchant. */
export type MovedTable = {
  readonly table: string
  /** the column that names the merchant */
  readonly owner: 'merchant_id' | 'id' | 'owner'
  /** rows are never changed: what differs is only what is missing */
  readonly isAppendOnly?: true
  /** other rows refer to it, so that a row is changed in its place */
  readonly isReferenced?: true
  /** what leads to a merchant: kept where it was, so that a server that has not heard of the move says 503 and not 404 */
  readonly isName?: true
  /** the column that names a person, who may have another id in the other cell; of messages it is part of a text */
  readonly person?: 'shopper_id' | 'user_id' | 'owner'
  /** rows may be half a megabyte */
  readonly isLarge?: true
}

const of = (table: string, more: Omit<Partial<MovedTable>, 'table'> = {}): MovedTable => ({
  ...{ table, owner: 'merchant_id' },
  ...more,
})

/** In the order in which they can be written: what is referred to comes first. */
export const movedTables: readonly MovedTable[] = [
  of('merchant', { owner: 'id', isReferenced: true, isName: true }),
  of('api_key', { isName: true }),
  of('wallet', { isName: true }),
  of('payee', { isName: true }),
  of('organization', { isReferenced: true, isName: true }),
  of('acquirer_account', { owner: 'owner', isReferenced: true }),
  of('catalogue_location', { isReferenced: true }),
  of('catalogue_product', { isReferenced: true }),
  ...['channel', 'coupon', 'delivery_service', 'discount_rule', 'instance', 'unit', 'variation', 'hold'].map((noun) =>
    of(`catalogue_${noun}`),
  ),
  of('event_capacity'),
  of('catalogue_order', { isAppendOnly: true }),
  ...['merchant_brand', 'merchant_lending', 'merchant_product', 'chain_terms', 'shop_order', 'shop_secret'].map(
    (each) => of(each),
  ),
  ...['payment', 'attempt', 'idempotency', 'unpaid_order'].map((each) => of(each)),
  of('event', { isAppendOnly: true }),
  of('transfer', { isAppendOnly: true }),
  ...['callback', 'contact', 'contact_progress', 'note'].map((noun) => of(`payment_${noun}`)),
  of('checkout', { person: 'shopper_id' }),
  of('instalment_plan', { person: 'shopper_id' }),
  of('late_fee'),
  of('shopper_order', { person: 'shopper_id' }),
  of('message', { person: 'owner' }),
  ...['chain_amount', 'chain_hint', 'chain_transfer'].map((each) => of(each)),
  ...['webhook_endpoint', 'webhook_message', 'webhook_feed', 'webhook_attempt'].map((each) => of(each)),
  of('picture', { isLarge: true }),
  of('request_log'),
  of('audit_entry', { isAppendOnly: true }),
  of('staff_invitation'),
  of('staff_membership', { person: 'user_id' }),
  of('saved_view', { person: 'user_id' }),
]

/** People belong to no merchant. Those that its rows name are made known in the other cell as well, and stay where they were. */
export const peopleTables: readonly string[] = [
  ...['shopper', 'shopper_card', 'shopper_contact'],
  ...['staff', 'staff_passkey', 'staff_recovery_code'],
]

/** A cell's own: what is set up, counted or signed in there. */
export const stayingTables: readonly string[] = [
  ...[
    'brake',
    'cell',
    'cell_name',
    'database_stamp',
    'duty',
    'late_fee_terms',
    'merchant_move',
    'merchant_number',
    'migration',
    'moving_merchant',
    'removed_cell',
    'sandbox_clock',
    'shopper_cell',
  ],
  ...['chain', 'chain_block', 'chain_endpoint', 'chain_token', 'chain_watch'],
  ...['shopper_session', 'shopper_sign_in', 'staff_session'],
]
