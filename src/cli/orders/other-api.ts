import { findMerchantOfPayment } from '../../db/merchant/merchants.ts'
import { findPayment } from '../../db/payment/payments.ts'
import type { Protocol } from '../../domain/payment/payment.ts'
import type { PaymentId } from '../../kernel/ids.ts'
import { CliError } from '../cli-error.ts'
import { withDatabase } from '../database/database.ts'
import type { Io } from '../io.ts'

/** Why an order of that API is not captured, voided, refunded or delayed here, and where it is; undefined when it is. */
const elsewhere: Record<Protocol, string | undefined> = {
  scalapay: undefined,
  kupay:
    'it is a KuPay payment: its money goes straight into the merchant’s own wallet, so nothing is captured or voided, and a refund is sent from that wallet',
  salescloud:
    'it is a SalesCloud payment, which is charged when it is requested: refund it with the organization’s API or in the portal',
}

/**
 * For an order that the server did not know under this key: throws CliError with the way to change it when it is another API's. Silent
 * where no database is at hand, as on another machine than the server's.
 */
export async function refuseOtherApi(io: Io, token: PaymentId): Promise<void> {
  const protocol = await protocolOf(io, token).catch(() => undefined)
  const sentence = protocol && elsewhere[protocol]
  if (sentence) throw new CliError(`${token} cannot be changed by this command: ${sentence}`)
}

async function protocolOf(io: Io, token: PaymentId): Promise<Protocol | undefined> {
  return await withDatabase(
    io,
    async ({ pool }) => {
      const merchant = await findMerchantOfPayment(pool, token)
      return merchant && (await findPayment(pool, merchant.id, token))?.payment.protocol
    },
    { mustRun: true },
  )
}
