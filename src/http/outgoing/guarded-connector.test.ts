import assert from 'node:assert/strict'
import type { LookupAddress, LookupOptions } from 'node:dns'
import { Socket } from 'node:net'
import { test } from 'node:test'
import type { buildConnector } from 'undici'
import { ConnectionError, guardConnector, guardLookup } from './guarded-connector.ts'
import type { ResolveHost } from './resolve-host.ts'

const live = { allowLoopback: false }

/** Runs a guarded lookup as a socket does: the judged addresses, or the step at which it failed. */
function lookUp(lookup: ReturnType<typeof guardLookup>, options: LookupOptions = { all: true }) {
  return new Promise<string | LookupAddress[]>((resolve) => {
    lookup('shop.example', options, (error, addresses) => {
      resolve(error instanceof ConnectionError ? error.step : addresses)
    })
  })
}

/** Runs a guarded connector over one whose socket ends at `peer`, or which fails with `code`. */
function connectTo(hostname: string, end: { peer?: string | undefined; code?: string }) {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: end.peer })
  let dialled = 0
  const dial: buildConnector.connector = (_options, callback) => {
    dialled += 1
    if (end.code) callback(Object.assign(new Error(`failed: ${end.code}`), { code: end.code }), null)
    else callback(null, socket)
  }
  const options = { hostname, protocol: 'https:', port: '443' }
  return new Promise<{ step: string; dialled: number; destroyed: boolean }>((resolve) => {
    guardConnector(dial, live)(options, (...[error]) => {
      const step = error instanceof ConnectionError ? error.step : 'connected'
      resolve({ step, dialled, destroyed: socket.destroyed })
    })
  })
}

test('hands the socket exactly the addresses it judged, asking once for each connection', async () => {
  const answers = [['93.184.216.34', '2606:4700::1'], ['127.0.0.1']]
  let asked = 0
  const resolve: ResolveHost = async () => answers[asked++] ?? []
  const lookup = guardLookup(resolve, live)
  assert.deepEqual(await lookUp(lookup), [
    { address: '93.184.216.34', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ])
  assert.equal(asked, 1)
  assert.equal(await lookUp(lookup), 'refused')
  assert.equal(asked, 2)
})

test('answers a socket that wants one address with the first', async () => {
  const lookup = guardLookup(async () => ['93.184.216.34', '1.1.1.1'], live)
  assert.equal(await lookUp(lookup, {}), '93.184.216.34')
  assert.equal(
    await lookUp(
      guardLookup(async () => ['93.184.216.34', '10.0.0.1'], live),
      {},
    ),
    'refused',
  )
})

test('reports a resolver that fails or knows no address as dns', async () => {
  assert.equal(await lookUp(guardLookup(() => Promise.reject(new Error('ENOTFOUND')), live)), 'dns')
  assert.equal(await lookUp(guardLookup(async () => [], live)), 'dns')
})

test('refuses a number host that is not public without dialling', async () => {
  for (const host of ['127.0.0.1', '10.0.0.1', '::1', '::ffff:8.8.8.8', '169.254.169.254']) {
    assert.deepEqual(await connectTo(host, { peer: host }), { step: 'refused', dialled: 0, destroyed: false }, host)
  }
})

test('keeps a socket whose peer is public and destroys one whose peer is not', async () => {
  assert.deepEqual(await connectTo('shop.example', { peer: '93.184.216.34' }), {
    step: 'connected',
    dialled: 1,
    destroyed: false,
  })
  for (const peer of ['127.0.0.1', '::1', '192.168.0.1', '::ffff:10.0.0.1']) {
    assert.deepEqual(await connectTo('shop.example', { peer }), { step: 'refused', dialled: 1, destroyed: true }, peer)
  }
})

test('does not call a receiver that hung up at once refused', async () => {
  assert.equal((await connectTo('shop.example', { peer: undefined })).step, 'connect')
})

test('tells a failed connection from a failed handshake and from a slow one', async () => {
  const steps = {
    ECONNREFUSED: 'connect',
    ENETUNREACH: 'connect',
    CERT_HAS_EXPIRED: 'tls',
    ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
    ECONNRESET: 'tls',
    ETIMEDOUT: 'timeout',
    UND_ERR_CONNECT_TIMEOUT: 'timeout',
  }
  for (const [code, step] of Object.entries(steps)) {
    assert.equal((await connectTo('shop.example', { code })).step, step, code)
  }
})
