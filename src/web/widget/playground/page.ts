import { readFileSync } from 'node:fs'
import { type Html, html } from '../../shared/html.ts'
import { layout } from '../../shared/layout.ts'
import type { Setting } from '../../shared/setting.ts'
import { asset } from '../../shared/style/asset.ts'
import { type Control, type ControlGroup, controlGroups } from './controls.ts'
import { type Example, examples } from './examples.ts'

export const playgroundStyle = asset(
  'widget-playground',
  'css',
  readFileSync(new URL('playground.css', import.meta.url), 'utf8'),
)

/** What there is once everything is built. */
export type Built = {
  /** the file of the page's own script */
  readonly script: string | undefined
  /** the script line of this version with its hash */
  readonly pinned: string | undefined
}

/** Three pages of a shop with live widgets, every attribute to try on them, and the markup to take away. */
export function playgroundPage(setting: Setting, { script, pinned }: Built): string {
  const main = html`<script src="${setting.root}/widget/tercet-widget.js"></script>
<h1>Widget playground</h1>
<p class="lead">Change anything: all three pages follow at once. Then copy the markup of the one you look at.</p>
<form class="playground">
<div class="stage">
<fieldset class="tabs"><legend class="hidden">Page of the shop</legend>${examples.map(tab)}</fieldset>
${examples.map(stage)}
<section class="panel take" aria-labelledby="markup"><h2 id="markup">Markup</h2>
<pre tabindex="0" aria-labelledby="markup"><code id="code"></code></pre>
<div class="copy"><button type="button" class="button" id="copy">Copy</button><span id="copied" role="status"></span></div>
${pinned !== undefined && html`<details><summary>With Subresource Integrity</summary><pre tabindex="0" aria-label="Script line with its hash"><code>${pinned}</code></pre></details>`}</section>
</div>
<section class="panel controls" aria-labelledby="attributes"><h2 id="attributes">Attributes</h2>
<p class="small">Empty is the default. What each one means: <code>docs/protocols/widget.md</code>.</p>
${controlGroups.map(group)}
<p><button type="reset" class="button second">Start again</button></p></section>
</form>
${script !== undefined && html`<script type="module" src="${setting.root}/widget/playground/${script}"></script>`}`
  return layout(setting, { title: 'Widget playground', main, style: playgroundStyle, isEnglishOnly: true })
}

function tab({ id, name }: Example, at: number): Html {
  return html`<label><input type="radio" name="page" value="${id}"${at === 0 && checked}><span>${name}</span></label>`
}

const checked = html` checked`

function stage({ id, content }: Example): Html {
  return html`<section class="panel page-of-shop" data-page="${id}">${content}</section>`
}

function group({ title, controls }: ControlGroup, at: number): Html {
  return html`<details${at < 2 && html` open`}><summary>${title}</summary><div class="grid">${controls.map(control)}</div></details>`
}

function control({ name, choices, placeholder }: Control): Html {
  const field = choices
    ? html`<select id="${name}" name="${name}"><option></option>${choices.map((each) => html`<option>${each}</option>`)}</select>`
    : html`<input id="${name}" name="${name}" type="text" autocomplete="off" spellcheck="false" placeholder="${placeholder}">`
  return html`<div class="field"><label for="${name}">${name}</label>${field}</div>`
}
