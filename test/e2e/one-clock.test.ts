import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { request } from 'undici'
import { sandboxCatalogue, simulatedInstance } from '../../src/domain/catalogue/file/sandbox-catalogue.ts'
import { scalapayMerchantKey } from '../../src/main/fixtures.ts'
import { makeTestFolder } from '../support/folder.ts'
import { startServer } from '../support/load/started.ts'
import { aPayment, approvedCard, channel } from '../support/protocols/salescloud.ts'

const { folder, remove } = await makeTestFolder()
after(remove)

test(
  'declines a card that the sandbox clock has outlived at the simulated acquirer as well',
  { timeout: 120_000 },
  async () => {
    const server = await startServer({ folder })
    const path = `/v/1/${sandboxCatalogue.organization.uuid}/${channel}/${simulatedInstance}`
    const pay = async () => {
      const soon = new Date(Date.now() + 40 * 86_400_000)
      const expiry = { expiryMonth: String(soon.getUTCMonth() + 1), expiryYear: String(soon.getUTCFullYear()) }
      const body = JSON.stringify(aPayment({ details: { ...approvedCard, ...expiry } }))
      const answer = await request(`${server.url}${path}`, { method: 'POST', body })
      return ((await answer.body.json()) as { errorCode: number }).errorCode
    }
    await server.until(async () => (await pay()) === 0)
    const move = JSON.stringify({ advanceMilliseconds: 100 * 86_400_000 })
    const headers = { authorization: `Bearer ${scalapayMerchantKey}` }
    const moved = await request(`${server.url}/sandbox/clock`, { method: 'POST', headers, body: move })
    assert.equal(moved.statusCode, 200, await moved.body.text())
    assert.equal(await pay(), 20)
    server.child.kill('SIGTERM')
    assert.equal((await server.ended).code, 0)
  },
)
