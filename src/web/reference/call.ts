import { type Html, html } from '../shared/html.ts'
import type { ApiKeys, Call, Content } from './document.ts'
import { fieldList, parameterList } from './fields.ts'

type Surroundings = { readonly origin: string; readonly keys: ApiKeys }

/** One call: what it is for, what it takes and answers, and an example of both beside it. */
export function callSection(call: Call, { origin, keys }: Surroundings): Html {
  const { operationId, method, path, summary, description } = call
  return html`<section class="call">
<h3 id="${operationId}">${summary}</h3>
<p class="address"><span class="method">${method}</span> <code>${path}</code></p>
<div class="call-columns">
<div class="call-words">${description && html`<p>${description}</p>`}${accessText(call, keys)}${parts(call)}${answers(call)}</div>
<div class="call-examples">${requestExample(call, origin)}${answerExample(call)}</div>
</div>
</section>`
}

function accessText({ security = [] }: Call, keys: ApiKeys): Html {
  const texts = security.flatMap((each) => Object.keys(each)).map((name) => keys[name]?.description ?? name)
  const isOptional = security.some((each) => Object.keys(each).length === 0)
  const text = texts.length === 0 ? 'None.' : `${texts.join(' Or: ')}${isOptional ? ' Most callers need none.' : ''}`
  return html`<p class="small">Key: ${text}</p>`
}

const places = [
  ['path', 'In the address'],
  ['query', 'In the query'],
  ['header', 'Headers'],
] as const

function parts({ parameters = [], requestBody }: Call): readonly (Html | false)[] {
  const inPlaces = places.map(([place, title]) => {
    const here = parameters.filter((parameter) => parameter.in === place)
    return here.length > 0 && html`<h4>${title}</h4>${parameterList(here)}`
  })
  const body = fieldList(jsonOf(requestBody?.content)?.schema)
  return [...inPlaces, body !== undefined && html`<h4>Body</h4>${body}`]
}

function answers({ responses }: Call): Html {
  const [success] = Object.keys(responses)
  const body = success === undefined ? undefined : fieldList(jsonOf(responses[success]?.content)?.schema)
  const rows = Object.entries(responses).map(
    ([status, { description }]) => html`<div><dt>${status}</dt><dd>${description}</dd></div>`,
  )
  return html`<h4>Answers</h4><dl class="answers">${rows}</dl>${
    body !== undefined && html`<details><summary>Fields of the answer</summary>${body}</details>`
  }`
}

/** A command that can be pasted. `{names}` in the address are left for the reader. */
function requestExample({ method, path, parameters = [], requestBody, security = [] }: Call, origin: string): Html {
  const body = jsonOf(requestBody?.content)?.example
  const isKeyed =
    security.some((each) => Object.keys(each).length > 0) && !security.some((each) => Object.keys(each).length === 0)
  const lines = [
    `curl ${method === 'GET' || (method === 'POST' && body !== undefined) ? '' : `-X ${method} `}${quoted(`${origin}${path}`)}`,
    ...(isKeyed ? [`-H "Authorization: Bearer $KEY"`] : []),
    ...(parameters.some(({ name }) => name === 'Idempotency-Key') ? [`-H 'Idempotency-Key: 7f0c2a'`] : []),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ]
  return html`<figure><figcaption>Request</figcaption><pre tabindex="0"><code>${lines.join(' \\\n  ')}</code></pre></figure>`
}

function answerExample({ responses }: Call): Html | undefined {
  const [status = '', success] = Object.entries(responses)[0] ?? []
  const example = jsonOf(success?.content)?.example
  if (example === undefined) return undefined
  return html`<figure><figcaption>Answer, ${status}</figcaption><pre tabindex="0"><code>${JSON.stringify(example, null, 2)}</code></pre></figure>`
}

function jsonOf(content: Content | undefined): Content[string] | undefined {
  return content?.['application/json']
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
