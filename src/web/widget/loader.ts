/**
 * What the addresses that shops have written into their pages answer: a short-lived script that keeps the widgets' place from the moment
 * it runs, and loads the element from an address that is kept for ever. One text for classic scripts and modules: it finds its own address
 * by its name, so that a proxy may serve it below a path of its own; `fallback` is for pages that have no such script element.
 */
export function loaderText(options: {
  /** of the loader's own file */
  readonly name: string
  /** from its folder to `/widget/v5/{version}/widget.js` */
  readonly path: string
  readonly fallback: string
}): string {
  const { name, path, fallback } = options
  const own = `(d.currentScript||d.querySelector('script[src*="${name}"]')||{src:${JSON.stringify(fallback)}}).src`
  const keep = `try{c=new CSSStyleSheet;c.replaceSync("${reservation}");d.adoptedStyleSheets.push(c)}catch{}`
  return `(()=>{let c,d=document;${keep}import(new URL("${path}",${own})).catch(()=>c&&(c.disabled=!0))})()`
}

/**
 * The height of a widget that is not defined yet, as its own style gives it afterwards: so nothing on the page moves. The names of
 * its properties are no page's. A sheet of the object
 * model, which no content policy refuses; it is switched off when the element cannot be loaded.
 */
export const reservation =
  ':is(scalapay-widget,tercet-widget):not(:defined){display:block;min-height:calc(var(--t-line,64px) + var(--t-title,0px) + var(--t-days,0px));' +
  '&[font-size=small]{--t-line:54px}&[show-title=true]{--t-title:24px}&[type=checkout]{--t-days:56px}&[hide=true]{display:none}}'
