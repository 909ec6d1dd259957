import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import {
  exchange,
  parseResponse,
  type RawRequest,
  type RawResponse,
  requestText,
} from '../../support/protocols/raw-http.ts'
import { merchantKey, type ScalapayServer } from '../../support/protocols/scalapay.ts'

export type Answer = RawResponse & { readonly json: Record<string, unknown> }

/** One conversation with the server, request and response as they went over the wire, under a title each. */
export class Recorder {
  readonly #scalapay: ScalapayServer
  readonly #names = new Map<string, string>()
  #text = ''

  constructor(scalapay: ScalapayServer) {
    this.#scalapay = scalapay
  }

  /** Calls with the merchant key and a JSON body unless the request says otherwise. */
  async call(title: string, request: Partial<RawRequest> & { path: string; json?: unknown }): Promise<Answer> {
    const { json, ...rest } = request
    const body = rest.body ?? (json === undefined ? undefined : JSON.stringify(json))
    const headers = { Authorization: `Bearer ${merchantKey}`, ...(body !== undefined && jsonType), ...rest.headers }
    const bytes = requestText({ method: 'POST', ...rest, headers, ...(body !== undefined && { body }) })
    const text = await exchange(this.#scalapay.port, bytes)
    const sent = bytes.length > 4_000 ? `${bytes.toString('latin1', 0, 400)}...` : bytes.toString('utf8')
    this.#text += `## ${title}\n\n${this.#quiet(sent)}\n\n${this.#quiet(text)}\n\n`
    const response = parseResponse(text)
    return { ...response, json: response.body.startsWith('{') ? JSON.parse(response.body) : {} }
  }

  /** Compares with the recorded text, or writes it anew when the environment says UPDATE=1. */
  async finish(name: string): Promise<void> {
    const file = new URL(`../recorded/scalapay-${name}.txt`, import.meta.url)
    const text = `${this.#text.replaceAll('\r\n', '\n').trimEnd()}\n`
    if (process.env.UPDATE === '1') await writeFile(file, text)
    assert.equal(text, await readFile(file, 'utf8'), `${file.pathname}: run with UPDATE=1 to record it anew`)
  }

  /** What differs from run to run is given a name that stays. */
  #quiet(text: string): string {
    return text
      .replace(/\b(SHOP|SHP2)[A-Z0-9]{8}\b/g, (token) => this.#nameOf(token, 'TOKEN'))
      .replace(/"(cardNumber|securityCode)":"[^"]*"/g, '"$1":"(hidden)"')
      .replace(/error-[0-9a-z]{16}/g, 'error-0000000000000000')
      .replace(/x-request-id: .*/g, 'x-request-id: (one per request)')
      .replace(/Date: .*/g, 'Date: (now)')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2024-11-08T13:06:17.858Z')
  }

  #nameOf(value: string, kind: string): string {
    const known = this.#names.get(value)
    if (known) return known
    const name = `${kind}${String(this.#names.size + 1).padStart(7, '0')}`
    this.#names.set(value, name)
    return name
  }
}

const jsonType = { 'Content-Type': 'application/json' }
