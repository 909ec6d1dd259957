import { WidgetElement } from './widget-element.ts'

// A page may load the loaders of two generations, or one twice: the first definition stands.
for (const name of ['scalapay-widget', 'tercet-widget'])
  if (!customElements.get(name)) customElements.define(name, class extends WidgetElement {})
