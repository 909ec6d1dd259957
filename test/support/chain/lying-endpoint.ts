import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

type Call = { readonly id: number; readonly method: string; readonly params: unknown[] }

/** What an endpoint does instead of the truth. Undefined leaves the answer to the chain. */
export type Lie = (call: Call) => unknown

export type LyingEndpoint = {
  readonly url: string
  /** how often each method was asked for */
  readonly asked: Map<string, number>
  lie: Lie
  /** neither answers nor refuses while this is set */
  isSilent: boolean
  /** refuses everything, as a server in front of a dead one does */
  isDown: boolean
  /** how long each answer takes */
  delayMs: number
}

/** An RPC endpoint in front of a real chain, which tells the truth until it is told not to. */
export async function lyingEndpoint(truth: string): Promise<LyingEndpoint> {
  const endpoint: LyingEndpoint = {
    url: '',
    asked: new Map(),
    lie: () => undefined,
    isSilent: false,
    isDown: false,
    delayMs: 0,
  }
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString()
    if (endpoint.isSilent) return
    if (endpoint.isDown) return response.writeHead(503).end('away')
    const parsed = JSON.parse(body) as Call | Call[]
    const calls = [parsed].flat()
    for (const { method } of calls) endpoint.asked.set(method, (endpoint.asked.get(method) ?? 0) + 1)
    if (endpoint.delayMs > 0) await pause(endpoint.delayMs)
    const answers = await Promise.all(calls.map(async (call) => answer(truth, call, endpoint.lie(call))))
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(Array.isArray(parsed) ? answers : answers[0]))
  }).listen(0, '127.0.0.1')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return Object.assign(endpoint, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

async function answer(truth: string, call: Call, lie: unknown): Promise<object> {
  if (lie !== undefined) return { jsonrpc: '2.0', id: call.id, result: lie }
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(truth, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...call }) })
  return (await response.json()) as object
}
