import { type Html, html } from '../shared/html.ts'
import { layout } from '../shared/layout.ts'
import type { Setting } from '../shared/setting.ts'
import { callSection } from './call.ts'
import { type ApiDocument, callsOf } from './document.ts'
import { referenceStyle } from './style.ts'

/** The whole API reference as one page: complete without script, so that it can be searched, printed and read anywhere. */
export function referencePage(setting: Setting, api: ApiDocument): string {
  const origin = api.servers[0]?.url ?? ''
  const keys = api.components?.securitySchemes ?? {}
  const groups = api.tags.filter(({ name }) => callsOf(api, name).length > 0)
  const main = html`<div class="reference">
<nav class="contents" aria-label="Contents">${groups.map((tag) => group(api, tag.name))}</nav>
<div class="reference-body">
<h1>API reference</h1>
<p class="small">Version ${api.info.version}. The same as OpenAPI 3.1: <a href="${setting.root}/docs/json">JSON</a>, <a href="${setting.root}/docs/yaml">YAML</a>.</p>
<p>${api.info.description}</p>
${groups.map(
  ({ name, description }) =>
    html`<section class="group"><h2 id="${anchorOf(name)}">${name}</h2>${
      description && html`<p>${description}</p>`
    }${callsOf(api, name).map((call) => callSection(call, { origin, keys }))}</section>`,
)}
</div>
</div>`
  return layout(setting, { title: `${api.info.title} API reference`, main, style: referenceStyle, isEnglishOnly: true })
}

function group(api: ApiDocument, name: string): Html {
  const link = ({ operationId, summary }: { operationId: string; summary: string }) =>
    html`<li><a href="#${operationId}">${summary}</a></li>`
  return html`<h2><a href="#${anchorOf(name)}">${name}</a></h2><ul>${callsOf(api, name).map(link)}</ul>`
}

function anchorOf(name: string): string {
  return `group-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}
