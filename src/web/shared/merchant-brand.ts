import type { Brand } from '../../domain/merchant/brand.ts'
import type { MerchantTerms } from '../../domain/merchant/terms.ts'
import { html } from './html.ts'
import type { Page } from './layout.ts'
import { brandStyle } from './style/brand-style.ts'

/** The shop's logo and name stand where ours stands on other pages. Isolated: one written right to left turns nothing around. */
export function merchantBrand(
  root: string,
  merchant: Pick<MerchantTerms, 'prefix' | 'name'>,
  brand: Brand,
): Pick<Page, 'brand' | 'style'> {
  const logo = brand.logoId && html`<img src="${`${root}/pictures/${merchant.prefix}/${brand.logoId}`}" alt="">`
  return {
    brand: html`<span class="brand">${logo}<bdi>${merchant.name}</bdi></span>`,
    style: brand.colour === null ? undefined : brandStyle(brand.colour),
  }
}
