import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import {
  exchange,
  parseResponse,
  type RawRequest,
  type RawResponse,
  requestText,
} from '../../support/protocols/raw-http.ts'
import { type PaymentAnswer, payPath, type SalescloudServer } from '../../support/protocols/salescloud.ts'

export type Answer = RawResponse & { readonly json: PaymentAnswer & Record<string, unknown> }

type Call = Partial<RawRequest> & { readonly json?: unknown }

/** One conversation with the server, request and response as they went over the wire, under a title each. */
export class Recorder {
  readonly #port: number
  readonly #names = new Map<string, string>()
  #text = ''

  constructor({ port }: Pick<SalescloudServer, 'port'>) {
    this.#port = port
  }

  /** Posts a JSON body to the sandbox's card instance unless the request says otherwise. */
  async call(title: string, { json, ...rest }: Call): Promise<Answer> {
    const body = rest.body ?? (json === undefined ? undefined : JSON.stringify(json))
    const headers = { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...rest.headers }
    const request = { method: 'POST', path: payPath, ...rest, headers, ...(body !== undefined && { body }) }
    const bytes = requestText(request)
    const text = await exchange(this.#port, bytes)
    const sent = bytes.length > 4_000 ? `${bytes.toString('latin1', 0, 400)}...` : bytes.toString('utf8')
    this.#text += `## ${title}\n\n${this.#quiet(sent)}\n\n${this.#quiet(text)}\n\n`
    const response = parseResponse(text)
    return { ...response, json: JSON.parse(response.body || '{}') }
  }

  /** Compares with the recorded text, or writes it anew when the environment says UPDATE=1. */
  async finish(name: string): Promise<void> {
    const file = new URL(`../recorded/salescloud-${name}.txt`, import.meta.url)
    const text = `${this.#text.replaceAll('\r\n', '\n').trimEnd()}\n`
    if (process.env.UPDATE === '1') await writeFile(file, text)
    assert.equal(text, await readFile(file, 'utf8'), `${file.pathname}: run with UPDATE=1 to record it anew`)
  }

  /** What differs from run to run is given a name that stays. The cards are the public test cards. */
  #quiet(text: string): string {
    return text
      .replace(/\bSCLD[A-Z0-9]{8}\b/g, (id) => this.#nameOf(id, 'SCLD', 8))
      .replace(/"id":"([0-9a-f-]{36})"/g, (_all, id: string) => `"id":"${this.#nameOf(id, 'transaction-', 2)}"`)
      .replace(/cursor=\d+_|"next":"\d+_/g, (found) => found.replace(/\d+_/, '(time)_'))
      .replace(/error-[0-9a-z]{16}/g, 'error-0000000000000000')
      .replace(/x-request-id: .*/g, 'x-request-id: (one per request)')
      .replace(/Date: .*/g, 'Date: (now)')
      .replace(/"(\w+At)":"20[0-9]{2}-[^"]*Z"/g, '"$1":"(time)"')
  }

  #nameOf(value: string, kind: string, digits: number): string {
    const known = this.#names.get(value)
    if (known) return known
    const name = kind + String(this.#names.size + 1).padStart(digits, '0')
    this.#names.set(value, name)
    return name
  }
}
