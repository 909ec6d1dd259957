import type { FastifyReply, FastifyRequest } from 'fastify'
import { isInstalmentProduct } from '../../domain/instalments/products.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { newErrorId, sendErrorBody } from '../../http/error-body.ts'
import type { TermsOnWire } from './offer/terms.ts'
import type { WidgetApp } from './widget-app.ts'

/** Tokens are nine capital letters and digits; what is longer is asked of no database. */
const tokenForm = /^[A-Z0-9]{4,32}$/

/** `GET /widget/v5/merchants/{token}`: currency, zone, products and limits, which every shopper of the shop may know. */
export async function sendTerms(
  { merchants }: Pick<WidgetApp, 'merchants'>,
  token: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const merchant = tokenForm.test(token) ? await merchants.byWidgetToken(token) : undefined
  if (merchant) return reply.header('cache-control', forMinutes).send(termsOnWire(merchant))
  reply.header('cache-control', 'public, max-age=60')
  return sendErrorBody(request, reply, {
    errorCode: 'not_found',
    errorId: newErrorId(),
    message: 'No merchant has this widget token.',
    httpStatusCode: 404,
  })
}

/** Limits change by contract, so five minutes are soon. */
const forMinutes = 'public, max-age=300, stale-while-revalidate=600'

function termsOnWire({ currency, timeZone, products }: MerchantTerms): TermsOnWire {
  return {
    currency,
    timeZone,
    products: products
      .filter(({ product }) => isInstalmentProduct(product))
      .map(({ product, minimum, maximum }) => ({ product, minimum: String(minimum), maximum: String(maximum) })),
  }
}
