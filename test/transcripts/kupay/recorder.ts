import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { exchange, type KupayServer } from '../../support/protocols/kupay.ts'
import type { Received } from '../../support/protocols/webhooks.ts'

/** One conversation with the server, as it went over the wire, under a title each. */
export class Recorder {
  readonly #server: KupayServer
  readonly #names = new Map<string, string>()
  #text = ''

  constructor(server: KupayServer) {
    this.#server = server
  }

  /** Sends a request as its client writes it; answers the body that came back. */
  async call(title: string, head: readonly string[], body = ''): Promise<Record<string, unknown>> {
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
    const sent = [...head, ...length, 'Connection: close', '', body].join('\r\n')
    const received = await exchange(this.#server.port, sent)
    this.#text += `## ${title}\n\n${this.#quiet(sent)}\n\n${this.#quiet(received)}\n\n`
    const text = received.slice(received.indexOf('\r\n\r\n') + 4)
    return text.startsWith('{') ? JSON.parse(text) : {}
  }

  /** What the shop's own server was sent. */
  heard(title: string, { method, path, headers, body }: Received): void {
    const names = [
      'content-type',
      'user-agent',
      'accept',
      'tercet-sequence',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]
    const lines = names.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]))
    this.#text += `## ${title}\n\n${this.#quiet([`${method} ${path}`, ...lines, '', body].join('\n'))}\n\n`
  }

  /** Compares with the recorded text, or writes it anew when the environment says UPDATE=1. */
  async finish(name: string): Promise<void> {
    const file = new URL(`../recorded/kupay-${name}.txt`, import.meta.url)
    const text = `${this.#text
      .replaceAll('\r\n', '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()}\n`
    if (process.env.UPDATE === '1') await writeFile(file, text)
    assert.equal(text, await readFile(file, 'utf8'), `${file.pathname}: run with UPDATE=1 to record it anew`)
  }

  /** What differs from run to run is given a name that stays. */
  #quiet(text: string): string {
    return text
      .replace(/\bKUPY[A-Z0-9]{8}\b/g, (id) => this.#nameOf(id))
      .replace(/x-request-id: .*/g, 'x-request-id: (one per request)')
      .replace(/Date: .*/g, 'Date: (now)')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:port')
      .replace(/Content-Length: \d+/g, 'Content-Length: (of the body)')
      .replace(/webhook-id: .*/g, 'webhook-id: (one per message)')
      .replace(/webhook-timestamp: .*/g, 'webhook-timestamp: (now)')
      .replace(/webhook-signature: .*/g, 'webhook-signature: v1,(of the message)')
  }

  #nameOf(id: string): string {
    const known = this.#names.get(id)
    if (known) return known
    const name = `KUPY${String(this.#names.size + 1).padStart(8, '0')}`
    this.#names.set(id, name)
    return name
  }
}
