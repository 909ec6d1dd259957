import { type Html, html } from '../../shared/html.ts'

export type Example = { readonly id: string; readonly name: string; readonly content: Html }

/** The sandbox's first merchant. */
const token = '8KDS3SPEL'

/** A chair to choose, a cart to fill, a payment method to pick: prices change as a shop's do, and nobody tells the widget. */
export const examples: readonly Example[] = [
  {
    id: 'product',
    name: 'Product',
    content: html`<p class="small">Chairs</p>
<h2>Oak chair</h2>
<p class="price" id="product-price">129,00 €</p>
<scalapay-widget merchant-token="${token}" dark-mode="system" amount-selectors='["#product-price"]'></scalapay-widget>
<div class="field"><label for="variant">Wood</label>
<select id="variant" data-price-of="product-price"><option value="129,00 €">Oak, 129,00 €</option><option value="189,50 €">Walnut, 189,50 €</option><option value="1.249,00 €">Old elm, 1.249,00 €</option><option value="2.400,00 €">Ebony, 2.400,00 €</option><option value="3,50 €">A postcard of it, 3,50 €</option></select></div>
<p><span class="button second" aria-hidden="true">Add to cart</span></p>`,
  },
  {
    id: 'cart',
    name: 'Cart',
    content: html`<h2>Your cart</h2>
<dl class="cart"><div><dt>Oak chair</dt><dd>129,00 €</dd></div><div><dt>Cushion</dt><dd>21,00 €</dd></div></dl>
<div class="field"><label for="quantity">Quantity</label>
<select id="quantity" data-price-of="cart-price"><option value="150,00 €">1</option><option value="300,00 €">2</option><option value="450,00 €">3</option><option value="600,00 €">4</option></select></div>
<p class="cart total"><span>Total</span> <b id="cart-price">150,00 €</b></p>
<scalapay-widget merchant-token="${token}" dark-mode="system" type="cart" amount-selectors='["#cart-price"]'></scalapay-widget>`,
  },
  {
    id: 'checkout',
    name: 'Checkout',
    content: html`<h2>Payment</h2>
<p class="cart total"><span>To pay</span> <b id="checkout-price">189,98 €</b></p>
<fieldset class="methods"><legend class="hidden">Payment method</legend>
<label><input type="radio" name="method" checked>In instalments</label>
<scalapay-widget merchant-token="${token}" dark-mode="system" type="checkout" amount-selectors='["#checkout-price"]'></scalapay-widget>
<label><input type="radio" name="method">Card</label>
<label><input type="radio" name="method">Bank transfer</label></fieldset>`,
  },
]
