import { type Html, html } from '../html.ts'

/**
 * What went wrong, before the form that it is about. `autofocus` on an element that takes focus: the keyboard starts at the
 * trouble, and a screen reader says it, with or without script.
 */
export function alert(title: string, content: Html): Html {
  return html`<div class="alert" role="alert" tabindex="-1" autofocus aria-labelledby="trouble">
<h2 id="trouble">${title}</h2>
${content}
</div>`
}

/** An alert that leads to each field with a problem; undefined when there is none. `problems` are names and texts. */
export function problemAlert(
  title: string,
  problems: readonly (readonly [field: string, text: string])[],
): Html | undefined {
  if (problems.length === 0) return undefined
  const links = problems.map(([field, text]) => html`<li><a href="#${field}">${text}</a></li>`)
  return alert(title, html`<ul>${links}</ul>`)
}
