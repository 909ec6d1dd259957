import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Address } from '../../../src/domain/chain/address.ts'
import { minute } from '../../../src/kernel/instant.ts'
import { tokenAmount } from '../../../src/kernel/token-amount.ts'
import { testBrowser } from '../../support/pages/browser.ts'
import { type FakeWallet, fakeWallet, installWallets, newAccount } from '../../support/pages/fake-wallet.ts'
import { type PayShop, startPayShop } from '../../support/pages/pay-shop.ts'

/** Tells where there is no chain, which then fails nothing. */
const unavailable: string[] = []
const shop = await startPayShop({ diagnostic: (message) => void unavailable.push(message) })
const browser = await testBrowser()

/** A test on a real chain. */
function onChain(name: string, run: (shop: PayShop) => Promise<void>): void {
  test(name, async (t) => (shop ? await run(shop) : t.diagnostic(unavailable.join())))
}

/** Far longer than it takes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await isSo()) return
    await pause(30)
  }
  throw new Error('it never was so')
}

const thanks = 'https://shop.invalid/thanks'

/** A payment's page with one amount chosen, in a browser that has these wallets. */
async function openPage(
  { local, origin, request }: PayShop,
  wallets: readonly FakeWallet[],
  {
    path,
    token = 'USDT',
    isOffline = false,
    seen,
  }: { path?: string; token?: string; isOffline?: boolean; seen?: Promise<void> } = {},
): Promise<{ page: Page; path: string }> {
  const own = path ?? (await request({ paid_url: thanks, cancel_url: 'https://shop.invalid/cart' }))
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })
  after(() => context.close())
  const page = await context.newPage()
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('console', (message) => /Content.Security/.test(message.text()) && failures.push(message.text()))
  // Until the test has seen the page of ours that leads there, the shop does not answer.
  await page.route('https://shop.invalid/**', async (route) => {
    await seen
    await route.fulfill({ body: 'the shop' })
  })
  if (isOffline) await page.route('**/events', (route) => route.fulfill({ status: 503 }))
  if (wallets.length > 0) await installWallets(page, local, wallets)
  await page.goto(`${origin}${own}`)
  if ((await page.locator('input[name=choice]').count()) > 0) {
    await page.getByLabel(`${token} on KCC`).check()
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.getByRole('heading', { name: /Send exactly/ }).waitFor()
  return { page, path: own }
}

/** What scripts threw, and what a page's own policy refused. */
const failures: string[] = []

const payButton = (page: Page, wallet = 'MetaMask') =>
  page.getByRole('button', { name: new RegExp(`^Pay .* with ${wallet}$`) })
const told = (page: Page, text: RegExp) => page.locator('[data-told]').filter({ hasText: text }).waitFor()
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

/** Confirmations come with blocks, and blocks of a chain that nobody uses do not come by themselves. */
async function confirmUntilPaid({ local }: PayShop, page: Page): Promise<void> {
  await heading(page, 'Your payment has arrived')
  await page.getByText('1 of 3 confirmations').waitFor()
  await local.mine(1)
  await page.getByText('2 of 3 confirmations').waitFor()
  await local.mine(1)
  await heading(page, 'Paid')
}

onChain('pays exactly what the button shows, counts confirmations, and leads back to the shop', async (it) => {
  const wallet = fakeWallet(it.local)
  const seen = Promise.withResolvers<void>()
  const { page, path } = await openPage(it, [wallet], { seen: seen.promise })
  const text = await payButton(page).innerText()
  await payButton(page).click()
  await confirmUntilPaid(it, page)
  await page.getByText('You are taken back to the shop').waitFor()
  const { amounts, transfers, status } = await it.stateOf(path)
  assert.equal(status, 'captured')
  const units = amounts[0]?.units ?? 0n
  assert.equal(text, `Pay ${Number(units) / 1e18} USDT with MetaMask`)
  assert.deepEqual(
    [transfers.length, transfers[0]?.transfer.units, transfers[0]?.transfer.transaction],
    [1, units, wallet.hashes[0]],
  )
  seen.resolve()
  await page.waitForURL(thanks)
})

onChain('tells who declines in the wallet that nothing was sent, and lets them try again', async (it) => {
  const wallet = fakeWallet(it.local, { answer: 'no' })
  const { page, path } = await openPage(it, [wallet], { token: 'KCS' })
  await payButton(page).click()
  await told(page, /You declined in your wallet. Nothing was sent./)
  wallet.answer = 'pending'
  await payButton(page).click()
  await told(page, /a question open already/)
  assert.equal(wallet.sent.length, 0)
  wallet.answer = 'yes'
  await payButton(page).click()
  await confirmUntilPaid(it, page)
  const { amounts, transfers } = await it.stateOf(path)
  assert.deepEqual([transfers.length, transfers[0]?.transfer.units], [1, amounts[0]?.units])
})

onChain('switches a wallet that is on another network', async (it) => {
  const wallet = fakeWallet(it.local, { chainId: 1, known: new Set([1, 321]) })
  const { page } = await openPage(it, [wallet])
  wallet.answer = 'no'
  await payButton(page).click()
  await told(page, /You declined/)
  assert.equal(wallet.chainId, 1)
  wallet.answer = 'yes'
  await payButton(page).click()
  await heading(page, 'Your payment has arrived')
  assert.deepEqual([wallet.chainId, wallet.added.length], [321, 0])
})

onChain(
  'adds the network to a wallet that does not know it, or says how to where no address may be told',
  async (it) => {
    const wallet = fakeWallet(it.local, { chainId: 1, known: new Set([1]) })
    await it.change({ walletRpcUrl: null })
    const { page, path } = await openPage(it, [wallet])
    await payButton(page).click()
    await told(page, /does not know KCC. Add it/)
    await it.change({})
    await page.reload()
    await payButton(page).click()
    await heading(page, 'Your payment has arrived')
    const coin = { name: 'KCS', symbol: 'KCS', decimals: 18 }
    const network = { chainId: '0x141', chainName: 'KCC', nativeCurrency: coin, rpcUrls: [it.local.url] }
    assert.deepEqual(wallet.added, [network])
    assert.equal((await it.stateOf(path)).transfers.length, 1)
  },
)

onChain('offers each of two wallets by its name, and asks the chosen one alone', async (it) => {
  const [, other] = await it.local.rpc<Address[]>('eth_accounts')
  assert(other)
  const [first, second] = [fakeWallet(it.local), fakeWallet(it.local, { name: 'Rabby', account: other })]
  const { page, path } = await openPage(it, [first, second], { token: 'KCS' })
  // Wallets announce themselves one after the other.
  await page.locator('[data-buttons] button:has(img)').nth(1).waitFor()
  assert.equal(await page.locator('[data-buttons] img').count(), 2)
  await payButton(page, 'Rabby').click()
  await heading(page, 'Your payment has arrived')
  assert.deepEqual(first.asked, [])
  assert.equal((await it.stateOf(path)).transfers[0]?.transfer.from, other)
})

onChain('says where there is no wallet what to do without one', async (it) => {
  const { page } = await openPage(it, [])
  await page.getByText('No wallet was found in this browser').waitFor()
  await page.getByText('Pay on your phone', { exact: true }).click()
  await page.getByRole('img', { name: 'Code that opens this page on a phone' }).waitFor()
})

/** What a wallet's own buttons do: the same place in line, a higher fee. */
async function replace(
  { local }: PayShop,
  { account, hashes }: FakeWallet,
  changes: Record<string, string>,
): Promise<void> {
  const hash = hashes.at(-1)
  const { nonce, gasPrice, to, value, input } = await local.rpc<Record<string, string>>(
    'eth_getTransactionByHash',
    hash,
  )
  const price = `0x${(BigInt(gasPrice ?? 0) * 3n).toString(16)}`
  const again = { from: account, nonce, gasPrice: price, to, value, data: input, ...changes }
  await local.rpc('eth_sendTransaction', again)
}

onChain('finds a payment that was sped up in the wallet under its new hash', async (it) => {
  const wallet = fakeWallet(it.local)
  const { page, path } = await openPage(it, [wallet])
  await it.local.rpc('evm_setAutomine', false)
  await payButton(page).click()
  await told(page, /Waiting for the network/)
  await page.locator('[data-buttons] button:disabled').waitFor()
  await replace(it, wallet, {})
  await it.local.mine(1)
  await it.local.rpc('evm_setAutomine', true)
  await confirmUntilPaid(it, page)
  const { transfers } = await it.stateOf(path)
  assert.equal(transfers.length, 1)
  assert.notEqual(transfers[0]?.transfer.transaction, wallet.hashes[0])
})

onChain(
  'says when the wallet has cancelled the transaction, also after a reload, and lets the shopper pay again',
  async (it) => {
    const wallet = fakeWallet(it.local)
    const { page, path } = await openPage(it, [wallet])
    await it.local.rpc('evm_setAutomine', false)
    await payButton(page).click()
    await told(page, /Waiting for the network/)
    await page.reload()
    await told(page, /Waiting for the network/)
    // The page has to have seen it once to know that it is gone: of two more questions the first is answered.
    const asked = () => wallet.asked.filter((method) => method === 'eth_getTransactionByHash').length
    const before = asked()
    await until(async () => asked() >= before + 2)
    await replace(it, wallet, { to: wallet.account, value: '0x0', data: '0x' })
    await it.local.mine(1)
    await it.local.rpc('evm_setAutomine', true)
    await told(page, /If you cancelled it, nothing was paid and you can pay again/)
    assert.equal((await it.stateOf(path)).transfers.length, 0)
    await payButton(page).click()
    await confirmUntilPaid(it, page)
    assert.equal((await it.stateOf(path)).transfers.length, 1)
  },
)

onChain('credits one payment alone when a transaction is claimed for two', async (it) => {
  const wallet = fakeWallet(it.local)
  const { page, path } = await openPage(it, [wallet])
  const other = await openPage(it, [fakeWallet(it.local)])
  await payButton(page).click()
  await heading(page, 'Your payment has arrived')
  const body = new URLSearchParams({ chain: '321', account: wallet.account, transaction: wallet.hashes[0] ?? '' })
  const hint = await fetch(`${it.origin}${other.path}/hint`, { method: 'POST', body })
  assert.equal(hint.status, 204)
  await it.local.mine(2)
  await heading(page, 'Paid')
  const [paid, claimed] = [await it.stateOf(path), await it.stateOf(other.path)]
  assert.deepEqual([paid.status, paid.transfers.length], ['captured', 1])
  assert.deepEqual([claimed.status, claimed.transfers.length, claimed.amounts[0]?.received], ['created', 0, 0n])
  await other.page.getByText('Waiting for your payment.').waitFor()
})

/** Lets the page know the account, as somebody does who connects and then sends something else by hand. */
async function connectOnly(page: Page, wallet: FakeWallet): Promise<void> {
  wallet.answer = 'no'
  await payButton(page).click()
  await told(page, /You declined/)
  wallet.answer = 'yes'
}

onChain('asks for the rest of a part payment, and takes it from the same button', async (it) => {
  const wallet = fakeWallet(it.local, { account: await newAccount(it.local) })
  const { page, path } = await openPage(it, [wallet])
  await connectOnly(page, wallet)
  const [amount] = (await it.stateOf(path)).amounts
  assert(amount)
  const part = 5n * 10n ** 18n
  await it.local.pay({
    token: amount.token,
    recipient: amount.recipient,
    units: tokenAmount(part),
    from: wallet.account,
  })
  await page.getByText(/^5 USDT has arrived. Still missing: 7\.\d+ USDT/).waitFor()
  assert.equal(await page.getByRole('link', { name: /Cancel/ }).count(), 0)
  const rest = amount.units - part
  assert.equal(await payButton(page).innerText(), `Pay ${Number(rest) / 1e18} USDT with MetaMask`)
  assert.match(String(await page.locator('img.qr').first().getAttribute('src')), new RegExp(`/${rest}$`))
  await payButton(page).click()
  await heading(page, 'Your payment has arrived')
  await it.local.mine(2)
  await heading(page, 'Paid')
  const { transfers } = await it.stateOf(path)
  assert.deepEqual(
    transfers.map(({ transfer }) => transfer.units),
    [part, rest],
  )
})

onChain('sends nothing when what is due has changed since the page was drawn', async (it) => {
  const wallet = fakeWallet(it.local, { account: await newAccount(it.local) })
  const { page, path } = await openPage(it, [wallet], { isOffline: true })
  await connectOnly(page, wallet)
  const [amount] = (await it.stateOf(path)).amounts
  assert(amount)
  // The page would look by itself after a few seconds: it must not, before the button is pressed.
  await page.route(`**${path}`, (route) => route.abort())
  await it.local.pay({
    token: amount.token,
    recipient: amount.recipient,
    units: tokenAmount(10n ** 18n),
    from: wallet.account,
  })
  await until(async () => (await it.stateOf(path)).transfers.length > 0)
  await payButton(page).click()
  await told(page, /What is due has changed/)
  assert.equal(wallet.sent.length, 0)
  await page.unroute(`**${path}`)
  // Without a stream it looks by itself.
  await page.getByText(/^1 USDT has arrived/).waitFor()
})

onChain('says what came on top, and keeps who has to read it', async (it) => {
  const wallet = fakeWallet(it.local, { account: await newAccount(it.local) })
  const { page, path } = await openPage(it, [wallet])
  await connectOnly(page, wallet)
  const [amount] = (await it.stateOf(path)).amounts
  assert(amount)
  await it.local.pay({
    token: amount.token,
    recipient: amount.recipient,
    units: tokenAmount(amount.units + 2n * 10n ** 18n),
    from: wallet.account,
  })
  await it.local.mine(2)
  await heading(page, 'Paid')
  await page.getByText('You have sent 2 USDT more than was asked').waitFor()
  assert.equal(await page.getByText('You are taken back to the shop').isVisible(), false)
})

onChain('tells who has too little before the wallet is asked for anything', async (it) => {
  const poor = (await it.local.rpc<Address[]>('eth_accounts'))[2]
  assert(poor)
  const wallet = fakeWallet(it.local, { account: poor })
  const { page } = await openPage(it, [wallet])
  await payButton(page).click()
  await told(page, /does not hold enough on KCC/)
  assert.equal(wallet.sent.length, 0)
  const broke = fakeWallet(it.local, { account: '0x00000000000000000000000000000000000000b2' as Address })
  await it.local.pay({
    token: it.local.tokens[1]?.address as Address,
    recipient: broke.account,
    units: tokenAmount(10n ** 20n),
  })
  const second = await openPage(it, [broke])
  await payButton(second.page).click()
  await told(second.page, /has no KCS for the network’s fee/)
})

onChain('lets no wallet send real money to a chain of the sandbox', async (it) => {
  await it.change({ isLocal: true })
  const wallet = fakeWallet(it.local)
  const { page } = await openPage(it, [wallet])
  await page.getByText('Never send real money to this address').waitFor()
  await payButton(page).click()
  await told(page, /is on the real KCC, and this is a test: nothing was sent/)
  assert.equal(wallet.sent.length, 0)
  await it.change({})
})

onChain(
  'says that a price has ended, what became of money that came late, and accepts it while it is worth it',
  async (it) => {
    const [one, other] = [await openPage(it, []), await openPage(it, [])]
    const amounts = [(await it.stateOf(one.path)).amounts[0], (await it.stateOf(other.path)).amounts[0]]
    await it.advance(30n * minute)
    for (const { page } of [one, other]) await page.getByText('That price has ended').waitFor()
    const [late, accepted] = amounts
    assert(late && accepted)
    await it.local.pay({ token: late.token, recipient: late.recipient, units: late.units })
    await one.page.getByText(/USDT came to the shop’s wallet and could not be counted/).waitFor()
    assert.equal((await it.stateOf(one.path)).status, 'created')
    it.isWorthIt = true
    await it.local.pay({ token: accepted.token, recipient: accepted.recipient, units: accepted.units })
    await heading(other.page, 'Your payment has arrived')
    await it.local.mine(2)
    await heading(other.page, 'Paid')
    await other.page.getByText('after its price had ended, and was accepted').waitFor()
  },
)

onChain(
  'bounds the streams of a payment, holds no connection for them, and ends them when the server stops',
  async (it) => {
    const path = await it.request()
    const open = async () => await fetch(`${it.origin}${path}/events`)
    const streams = await Promise.all(Array.from({ length: 10 }, open))
    for (const { status, headers } of streams)
      assert.deepEqual([status, headers.get('content-type')], [200, 'text/event-stream; charset=utf-8'])
    const refused = await open()
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5'])
    const [first] = streams
    const reader = first?.body?.getReader()
    let said = ''
    while (!/data: [\da-f]{32}\n\n/.test(said)) said += new TextDecoder().decode((await reader?.read())?.value)
    const { pool } = it.kupay.database
    assert(pool.totalCount < 20 && pool.waitingCount === 0, `${pool.totalCount} connections`)
    await it.server.close()
    while (!(await reader?.read())?.done);
  },
)

test('no script failed, and none did what the page’s own policy forbids', () => {
  assert.deepEqual(failures, [])
})
