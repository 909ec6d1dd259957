import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { testDatabase } from '../../../test/support/database.ts'
import { aCommand, aNewPayment } from '../../../test/support/payments/factories.ts'
import { createOrderPictures, shownPictures } from '../../app/picture/order-pictures.ts'
import { insertMerchant } from '../../db/merchant/merchants.ts'
import { findPicture } from '../../db/picture/pictures.ts'
import type { OrderDetails } from '../../domain/shopper/order-details.ts'
import type { Engine, Reply } from '../../engine/command.ts'
import { createGuardedClient } from '../../http/outgoing/guarded-request.ts'
import { systemClock } from '../../kernel/clock.ts'
import { day, hour, plus } from '../../kernel/instant.ts'
import { createFetchPictures } from './fetch-pictures.ts'

const { pool } = await testDatabase()
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const asked: IncomingMessage[] = []

const host = createServer((request, response) => {
  asked.push(request)
  switch (request.url) {
    case '/chair.gif':
      return void response.setHeader('set-cookie', 'a=b').end(gif)
    case '/huge.gif':
      return void response.end(Buffer.concat([gif, Buffer.alloc(600 * 1024)]))
    case '/script.svg':
      return void response.setHeader('content-type', 'image/gif').end('<svg onload="alert(1)"/>')
    case '/away.gif':
      return void response.writeHead(302, { location: '/chair.gif' }).end()
    default:
      return void response.writeHead(503).end()
  }
})
await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
after(() => host.close().closeAllConnections())
const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`

const client = createGuardedClient({ allowLoopback: true })
after(() => client.close())
const job = createFetchPictures({ pool, client })
const { merchant } = aCommand()
const merchantId = await insertMerchant(pool, { ...merchant, widgetToken: null, isFixture: false })
const now = systemClock.now()

function orderOf(urls: readonly string[]): OrderDetails {
  const items = urls.map((imageUrl) => ({ name: 'Chair', quantity: 1, price: 1n, imageUrl }))
  return { items } as unknown as OrderDetails
}

/** Notes the pictures of one order, as its making does. */
async function name(urls: readonly string[], kind: Reply['kind'] = 'accepted'): Promise<void> {
  const pictures = createOrderPictures({
    ...{ pool, clock: systemClock, nudge: () => noted.resolve(), orderView: () => orderOf(urls) },
    onError: (error) => noted.reject(error),
  })
  const noted = Promise.withResolvers<void>()
  const engine = pictures.watch({ execute: async () => ({ kind }) } as unknown as Engine)
  const details = JSON.stringify({ items: urls.map((imageUrl) => ({ imageUrl })) })
  await engine.execute({
    ...aCommand({ merchant: { ...merchant, id: merchantId } }),
    action: { kind: 'create', ...aNewPayment({ details }) },
  })
  if (kind === 'accepted') await noted.promise
  await pictures.close()
}

const shown = async (urls: readonly string[]) => [...(await shownPictures(pool, merchantId, orderOf(urls))).keys()]

test('fetches what orders name once, tells the host nothing of anybody, and shows raster pictures alone', async () => {
  const urls = ['chair.gif', 'huge.gif', 'script.svg', 'away.gif', 'down.gif'].map((path) => `${origin}/${path}`)
  await name(urls)
  await name(urls)
  assert.deepEqual(await shown(urls), [], 'nothing before it was fetched')
  for (const hours of [1n, 2n, 3n, 4n]) while ((await job.runDue(plus(now, hours * hour))) > 0);
  assert.deepEqual(await shown(urls), [`${origin}/chair.gif`])
  const [id] = [...(await shownPictures(pool, merchantId, orderOf(urls))).values()]
  const kept = await findPicture(pool, merchant.prefix, id ?? '')
  assert.deepEqual([kept?.type, Buffer.from(kept?.content ?? [])], ['image/gif', gif])
  const paths = asked.map(({ url }) => url).toSorted()
  assert.deepEqual(paths, [
    '/away.gif',
    '/chair.gif',
    '/down.gif',
    '/down.gif',
    '/down.gif',
    '/huge.gif',
    '/script.svg',
  ])
  for (const { headers } of asked) assert.deepEqual(Object.keys(headers).toSorted(), ['accept', 'connection', 'host'])
})

test('asks no address that is not public, and none of an order that was refused', async () => {
  const before = asked.length
  const strict = createGuardedClient({ allowLoopback: false })
  after(() => strict.close())
  const url = `${origin}/chair.gif?inside`
  await name([url, 'https://169.254.169.254/latest'])
  while ((await createFetchPictures({ pool, client: strict }).runDue(plus(now, hour))) > 0);
  await name([`${origin}/chair.gif?refused`], 'rejected')
  while ((await job.runDue(plus(now, hour))) > 0);
  assert.equal(asked.length, before)
  assert.deepEqual(await shown([url]), [])
})

test('forgets a picture that no order has named for a month', async () => {
  const url = `${origin}/chair.gif`
  assert.deepEqual(await shown([url]), [url])
  assert(await job.nextDue())
  while ((await job.runDue(plus(now, 29n * day))) > 0);
  assert.deepEqual(await shown([url]), [url])
  while ((await job.runDue(plus(now, 31n * day))) > 0);
  assert.deepEqual(await shown([url]), [])
  assert.equal(await job.nextDue(), null)
})
