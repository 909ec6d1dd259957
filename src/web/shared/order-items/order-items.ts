import type { Payment } from '../../../domain/payment/payment.ts'
import type { OrderDetails } from '../../../domain/shopper/order-details.ts'
import { money } from '../../../kernel/money.ts'
import { type Row, rows } from '../components/rows.ts'
import { formatMoney } from '../format.ts'
import { type Html, html } from '../html.ts'
import type { Setting } from '../setting.ts'
import { orderItemWords } from './words.ts'

/** Where this server shows the picture of an address; undefined for one that it does not have. */
export type PictureOf = (url: string) => string | undefined

/** What is bought, with what is added and taken off, up to the total. Names are a merchant's text. */
export function orderItems(
  { language, locale }: Pick<Setting, 'language' | 'locale'>,
  { currency, total }: Pick<Payment, 'currency' | 'total'>,
  { items, itemCount, shipping, discount, tax }: OrderDetails,
  pictureOf: PictureOf,
): Html {
  const words = orderItemWords[language]
  const amount = (minor: bigint): string => formatMoney(money(currency, minor), locale)
  const extra = (name: string, minor: bigint | null, sign: 1n | -1n = 1n): Row[] =>
    minor === null || minor === 0n ? [] : [{ name, value: amount(sign * minor) }]
  const list: readonly Row[] = [
    ...items.map(({ name, quantity, price, imageUrl }) => ({
      name: html`${picture(imageUrl, pictureOf)}<bdi>${name}</bdi>${quantity > 1 && html` × ${quantity}`}`,
      value: price === null ? '' : amount(price * BigInt(Math.max(quantity, 1))),
    })),
    ...(itemCount > items.length ? [{ name: words.more(itemCount - items.length), value: '' }] : []),
    ...extra(words.shipping, shipping),
    ...extra(words.discount, discount, -1n),
    { name: words.total, value: amount(total), isTotal: true },
    ...extra(words.tax, tax),
  ]
  return rows(list)
}

/** The name stands beside it, so it has no words of its own. A browser asks for it once the list is unfolded. */
function picture(url: string | null, pictureOf: PictureOf): Html | undefined {
  const src = url === null ? undefined : pictureOf(url)
  return src === undefined
    ? undefined
    : html`<img class="picture" src="${src}" alt="" width="48" height="48" loading="lazy" decoding="async">`
}

/** The addresses below `/pictures` of what a merchant's order shows. */
export function picturesBelow(root: string, prefix: string, shown: ReadonlyMap<string, string>): PictureOf {
  return (url) => {
    const id = shown.get(url)
    return id && `${root}/pictures/${prefix}/${id}`
  }
}
