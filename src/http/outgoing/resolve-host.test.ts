import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { createHostResolver } from './resolve-host.ts'

const A = 1
const AAAA = 28

/** A name server on loopback that knows only `records`; everything else has no data, or does not exist when no type has any. */
async function nameServer(t: TestContext, records: Record<string, Partial<Record<number, readonly string[]>>>) {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const labels: string[] = []
    let at = 12
    for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length))
      at += 1 + length
    }
    const known = records[labels.join('.').toLowerCase()]
    const type = query.readUInt16BE(at + 1)
    const answers = (known?.[type] ?? []).map((hex) => answer(type, Buffer.from(hex, 'hex')))
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(known ? 0x8180 : 0x8183, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([header, query.subarray(12, at + 5), ...answers]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  return createHostResolver([`127.0.0.1:${socket.address().port}`])
}

function answer(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0) // the name of the question
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

test('answers every IPv4 and IPv6 address of a name', async (t) => {
  const resolve = await nameServer(t, {
    'shop.example': { [A]: ['5db8d822', '7f000001'], [AAAA]: ['00000000000000000000ffff7f000001'] },
    'four.example': { [A]: ['08080808'] },
    'six.example': { [AAAA]: ['26064700470000000000000000001111'] },
  })
  assert.deepEqual((await resolve('shop.example')).toSorted(), ['127.0.0.1', '93.184.216.34', '::ffff:127.0.0.1'])
  assert.deepEqual(await resolve('four.example'), ['8.8.8.8'])
  assert.deepEqual(await resolve('six.example'), ['2606:4700:4700::1111'])
})

test('throws for a name that does not exist or has no address', async (t) => {
  const resolve = await nameServer(t, { 'empty.example': {} })
  await assert.rejects(resolve('gone.example'), { code: 'ENOTFOUND' })
  await assert.rejects(resolve('empty.example'), { code: 'ENODATA' })
})

test('takes every name under localhost for loopback and asks nobody', async (t) => {
  const resolve = await nameServer(t, { localhost: { [A]: ['08080808'] }, 'shop.localhost': { [A]: ['08080808'] } })
  for (const name of ['localhost', 'shop.localhost']) assert.deepEqual(await resolve(name), ['127.0.0.1', '::1'])
})

test('answers an address with itself', async (t) => {
  const resolve = await nameServer(t, {})
  for (const address of ['10.0.0.1', '::1']) assert.deepEqual(await resolve(address), [address])
})
