import assert from 'node:assert/strict'
import { request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { fastify } from 'fastify'
import { keepBodiesRaw } from './raw-bodies.ts'

const limit = 1_000

/** Echoes the bytes it got. Answers the port, and the bodies that reached the handler. */
async function anEcho(t: TestContext): Promise<{ port: number; bodies: unknown[] }> {
  const bodies: unknown[] = []
  const server = fastify({ bodyLimit: limit })
  keepBodiesRaw(server)
  server.post('/', async ({ body }, reply) => {
    bodies.push(body)
    return reply.type('application/octet-stream').send(body)
  })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => server.close())
  return { port: Number(new URL(address).port), bodies }
}

/** Sends the parts in chunks of their own; with a length, when it is given. */
async function post(
  port: number,
  parts: readonly Buffer[],
  length?: number,
): Promise<{ status: number; body: Buffer }> {
  const headers = { 'content-type': 'image/x', ...(length !== undefined && { 'content-length': length }) }
  const sending = request({ port, host: '127.0.0.1', method: 'POST', path: '/', headers, agent: false })
  const answered = new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
    sending.once('error', reject)
    sending.once('response', async (response) => {
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(await response.toArray()) })
    })
  })
  for (const part of parts) await new Promise((sent) => sending.write(part, sent))
  sending.end()
  return await answered
}

test('hands on the bytes as they came, in one piece or in many, up to the limit', async (t) => {
  const { port, bodies } = await anEcho(t)
  const bytes = Buffer.from([0, 0xff, 0xfe, 0x22])
  assert.deepEqual(await post(port, [bytes], bytes.length), { status: 200, body: bytes })
  const parts = Array.from({ length: 10 }, (_, at) => Buffer.alloc(limit / 10, at))
  assert.deepEqual(await post(port, parts), { status: 200, body: Buffer.concat(parts) })
  assert.ok(bodies.every((body) => body instanceof Buffer))
})

test('refuses a body above the limit, whether it says so before or not', async (t) => {
  const { port, bodies } = await anEcho(t)
  const half = Buffer.alloc(limit / 2)
  assert.equal((await post(port, [half, half, Buffer.from('x')], limit + 1)).status, 413)
  assert.equal((await post(port, [half, half, Buffer.from('x')])).status, 413)
  assert.deepEqual(bodies, [])
})

test('never hands on a body that broke off', async (t) => {
  const { port, bodies } = await anEcho(t)
  const headers = { 'content-length': 10 }
  const sending = request({ port, host: '127.0.0.1', method: 'POST', path: '/', headers, agent: false })
  const ended = new Promise((resolve) => sending.once('close', resolve).once('error', resolve))
  await new Promise((sent) => sending.write('12345', sent))
  sending.destroy()
  await ended
  assert.equal((await post(port, [Buffer.from('after')])).status, 200)
  assert.equal(bodies.length, 1)
})
