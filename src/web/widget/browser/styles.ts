import text from './styles.css?inline'

/** A sheet of the object model: a shop's policy need not allow inline style, and all widgets of a page share it. */
export const styleSheet = new CSSStyleSheet()
styleSheet.replaceSync(text)
