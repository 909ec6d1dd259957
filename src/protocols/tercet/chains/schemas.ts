import { Type } from 'typebox'
import { described, error, errors, instant, invalid, of, orNull, shown, unknown } from '../schema-parts.ts'

/** What the API documentation says of payments on chains. Requests are read by code. */
const chains = of('Chains')
const sandbox = of('Sandbox')

const wallet = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8'
const usdt = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
const transaction = '0x8f2c0f6d7a3d7c2b4bd1c6a5a8e0b3c6f2d9e1a7b5c4d3e2f1a0b9c8d7e6f5a4'
const payer = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'
const payment = 'KUPY8MDKMXOC'

const token = Type.Object({
  symbol: Type.String(),
  address: orNull(Type.String({ description: "null: the chain's own coin" })),
  decimals: Type.Integer(),
})

export const listChains = chains(
  {
    operationId: 'listChains',
    summary: 'List the chains of this server',
    description: 'The chains that payments can come by, with their tokens and where this merchant is paid on each.',
  },
  {
    response: {
      200: shown(
        Type.Object({
          chains: Type.Array(
            Type.Object({
              chainId: Type.Integer(),
              name: Type.String(),
              coin: Type.String(),
              explorerUrl: orNull(Type.String()),
              tokens: Type.Array(token),
              confirmations: Type.Integer({ description: 'blocks after which a transfer is final' }),
              hasFinality: Type.Boolean({ description: "the chain's own word comes first" }),
              local: Type.Boolean({ description: 'runs inside this sandbox' }),
              wallet: orNull(Type.String({ description: 'null: no payments are taken there' })),
            }),
          ),
        }),
        'All of them.',
        {
          chains: [
            {
              ...{ chainId: 321, name: 'KCC', coin: 'KCS', explorerUrl: 'https://explorer.kcc.io/en' },
              tokens: [
                { symbol: 'USDT', address: usdt, decimals: 18 },
                { symbol: 'KCS', address: null, decimals: 18 },
              ],
              ...{ confirmations: 12, hasFinality: false, local: false, wallet },
            },
          ],
        },
      ),
      ...errors,
    },
  },
)

const tier = Type.Object({
  amount: Type.String({ description: 'payments of this much and more' }),
  currency: Type.String(),
  confirmations: Type.Integer({ minimum: 0, maximum: 10_000, description: 'blocks; 0 is at sight' }),
})
const terms = {
  chains: Type.Array(Type.Integer(), { description: 'empty: every chain with a wallet' }),
  tokens: Type.Array(Type.String(), { description: 'symbols; empty: all' }),
  tolerancePpm: Type.Integer({ minimum: 0, maximum: 200_000, description: 'what may be missing, parts per million' }),
  spreadPpm: Type.Integer({ minimum: 0, maximum: 200_000, description: "what is taken off a token's price" }),
  quoteMilliseconds: Type.Integer({ minimum: 60_000, maximum: 86_400_000, description: 'how long a rate holds' }),
  watchMilliseconds: Type.Integer({
    minimum: 0,
    maximum: 2_592_000_000,
    description: 'how long after that what arrives is still taken',
  }),
  tiers: Type.Array(tier, { maxItems: 20 }),
  cancelUnpaidOrders: Type.Boolean({
    description:
      "a shop's order is called off in the shop when its time is up, nothing has come, and nothing is watched for",
  }),
}
const termsExample = {
  chains: [],
  tokens: ['USDT', 'USDC'],
  tolerancePpm: 5_000,
  spreadPpm: 0,
  quoteMilliseconds: 900_000,
  watchMilliseconds: 86_400_000,
  tiers: [{ amount: '1000.00', currency: 'USD', confirmations: 30 }],
  cancelUnpaidOrders: false,
}
const theTerms = { 200: shown(Type.Object(terms), 'As they stand now.', termsExample), ...errors }

export const readTerms = chains(
  {
    operationId: 'readChainTerms',
    summary: 'Read the terms of payments on chains',
    description: 'Which chains and tokens this merchant takes, and how.',
  },
  { response: theTerms },
)

export const changeTerms = chains(
  {
    operationId: 'changeChainTerms',
    summary: 'Change the terms of payments on chains',
    description: 'What is left out stays as it is. Amounts that were shown to shoppers keep the terms of their time.',
  },
  {
    body: shown(Type.Partial(Type.Object(terms)), 'What to change.', { tokens: ['USDT', 'USDC'], tolerancePpm: 5_000 }),
    response: { ...theTerms, ...invalid },
  },
)

const address = Type.String({ description: '0x and 40 hex digits; mixed case is checked for mistyped characters' })
const walletView = Type.Object({ chainId: Type.Integer(), address, current: Type.Boolean() })

export const listWallets = chains(
  {
    operationId: 'listWallets',
    summary: 'List receiving addresses',
    description: 'Where this merchant is paid, and where it was: what still comes to a former address is its own.',
  },
  {
    response: {
      200: shown(Type.Object({ wallets: Type.Array(walletView) }), 'All of them.', {
        wallets: [{ chainId: 321, address: wallet, current: true }],
      }),
      ...errors,
    },
  },
)

export const setWallet = chains(
  {
    operationId: 'setWallet',
    summary: 'Be paid at an address',
    description: 'New payments on that chain go there from now on; open ones stay at the address they were shown.',
  },
  {
    body: shown(Type.Object({ chainId: Type.Integer(), address }), 'Where.', { chainId: 321, address: wallet }),
    response: {
      200: shown(walletView, 'Set.', { chainId: 321, address: wallet, current: true }),
      ...invalid,
      409: described(
        error,
        'wallet_taken: another merchant is paid there, and the same amount could not be told apart.',
      ),
      ...errors,
    },
  },
)

export const stopWallet = chains(
  {
    operationId: 'stopWallet',
    summary: 'Take no payments on a chain',
    description: 'Open payments are still watched.',
  },
  {
    params: Type.Object({ id: Type.Integer({ description: 'The number of the chain.' }) }),
    response: { 204: Type.Null({ description: 'Stopped.' }), ...unknown, ...errors },
  },
)

const transfer = {
  id: Type.String({ description: 'chain, transaction and place in it' }),
  chainId: Type.Integer(),
  transaction: Type.String(),
  token: Type.String({ description: 'symbol' }),
  tokenAddress: orNull(Type.String()),
  units: Type.String({ description: 'smallest units of the token' }),
  from: Type.String(),
  to: Type.String(),
  block: Type.String(),
  sentAt: instant,
  state: Type.Enum(['seen', 'final', 'undone']),
}
const transferExample = {
  ...{ id: `321/${transaction}/0`, chainId: 321, transaction, token: 'USDT', tokenAddress: usdt },
  ...{ units: '12340000000000000000', from: payer, to: wallet, block: '7213', sentAt: '2030-11-08T13:06:17.000Z' },
  state: 'final',
}
const prepared = Type.Object(
  { chainId: Type.Integer(), to: Type.String(), value: Type.String(), data: Type.String() },
  {
    description:
      'What your own wallet would send to give all of it back to the address it came from: eth_sendTransaction. Ask the payer first: an exchange sends from an address that belongs to nobody.',
  },
)

export const listInbox = chains(
  {
    operationId: 'listInbox',
    summary: 'List what no payment took',
    description:
      'What arrived at the receiving addresses and was for no payment that could be told: newest first. Attach it, dismiss it, or give it back from your own wallet and dismiss it then.',
  },
  {
    querystring: Type.Partial(Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }) })),
    response: {
      200: shown(
        Type.Object({
          transfers: Type.Array(Type.Object({ ...transfer, reason: Type.String(), refund: prepared })),
        }),
        'Those that wait for you.',
        {
          transfers: [
            {
              ...transferExample,
              reason: 'unknown_amount',
              refund: {
                chainId: 321,
                to: usdt,
                value: '0x0',
                data: '0xa9059cbb000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266000000000000000000000000000000000000000000000000ab407c9eb0520000',
              },
            },
          ],
        },
      ),
      ...invalid,
      ...errors,
    },
  },
)

const money = Type.Object({ amount: Type.String(), currency: Type.String() })
const usd = (amount: string) => ({ amount, currency: 'USD' })

export const readChainPayment = chains(
  {
    operationId: 'readChainPayment',
    summary: 'How a payment was paid',
    description:
      'What a payment on chains asked for and what came for it, with three marks: late (sent after the rate had ended), partial (not all of it yet), and by how much it was overpaid.',
  },
  {
    params: Type.Object({ id: Type.String({ description: 'payment_id' }) }),
    response: {
      200: shown(
        Type.Object({
          payment: Type.String(),
          state: Type.String(),
          total: money,
          received: money,
          settled: money,
          late: Type.Boolean(),
          partial: Type.Boolean(),
          overpaid: money,
          amounts: Type.Array(
            Type.Object({
              chainId: Type.Integer(),
              token: Type.String(),
              tokenAddress: orNull(Type.String()),
              recipient: Type.String(),
              units: Type.String(),
              receivedUnits: Type.String(),
              expiresAt: instant,
              watchedUntil: instant,
            }),
          ),
          transfers: Type.Array(Type.Object({ ...transfer, worth: money })),
        }),
        'As it stands now.',
        {
          ...{ payment, state: 'captured', total: usd('12.34'), received: usd('12.34'), settled: usd('12.34') },
          ...{ late: false, partial: false, overpaid: usd('0.00') },
          amounts: [
            {
              ...{ chainId: 321, token: 'USDT', tokenAddress: usdt, recipient: wallet },
              ...{ units: '12340000000000000000', receivedUnits: '12340000000000000000' },
              ...{ expiresAt: '2030-11-08T13:21:00.000Z', watchedUntil: '2030-11-09T13:21:00.000Z' },
            },
          ],
          transfers: [{ ...transferExample, worth: usd('12.34') }],
        },
      ),
      ...unknown,
      ...errors,
    },
  },
)

const named = { transfer: Type.String({ description: 'its id in the inbox' }) }

export const attachTransfer = chains(
  {
    operationId: 'attachTransfer',
    summary: 'Take a transfer for a payment',
    description:
      'It counts for the payment at the rate that was agreed on last, once it is final. The payment must have asked for that token on that chain.',
  },
  {
    body: shown(
      Type.Object({ ...named, payment: Type.String({ description: 'payment_id' }) }),
      'Which, and for what.',
      {
        transfer: transferExample.id,
        payment,
      },
    ),
    response: {
      200: shown(Type.Object({ ...named, payment: Type.String() }), 'Taken.', {
        transfer: transferExample.id,
        payment,
      }),
      ...invalid,
      ...unknown,
      409: described(
        error,
        'never_asked: the payment never asked for that token on that chain. not_taken: it takes nothing any more.',
      ),
      ...errors,
    },
  },
)

export const dismissTransfer = chains(
  {
    operationId: 'dismissTransfer',
    summary: 'Take a transfer out of the inbox',
    description: 'For no payment: a gift, or something that was given back.',
  },
  {
    body: shown(Type.Object(named), 'Which.', { transfer: transferExample.id }),
    response: {
      200: shown(Type.Object(named), 'Gone from the inbox.', { transfer: transferExample.id }),
      ...invalid,
      ...unknown,
      ...errors,
    },
  },
)

const localChain = Type.Object({
  chainId: Type.Integer(),
  rpcUrl: Type.Union([Type.String({ format: 'uri' }), Type.Null()], {
    description: 'null where the chain is in the memory of the server, since no other can run there.',
  }),
  tokens: Type.Array(Type.Object({ symbol: Type.String(), address: Type.String(), decimals: Type.Integer() })),
  account: Type.String({ description: 'An account with money, unlocked at that RPC.' }),
})

export const listLocalChains = sandbox(
  {
    operationId: 'listLocalChains',
    summary: 'The local chains',
    description: 'The chains that this sandbox runs itself, with their tokens and an account that has money.',
  },
  {
    response: {
      200: shown(Type.Array(localChain), 'Those that are running.', [
        {
          chainId: 321,
          rpcUrl: 'http://127.0.0.1:8545',
          tokens: [{ symbol: 'USDT', address: '0x5FbDB2315678afecb367f032d93F642f64180aa3', decimals: 18 }],
          account: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
        },
      ]),
      ...errors,
    },
  },
)

export const payOnChain = sandbox(
  {
    operationId: 'payOnLocalChain',
    summary: 'Pay a payment on a local chain',
    description:
      "The shopper's wallet without a browser: sends the exact amount, or units of it, on one of the local chains. Without a token the chain's own coin is sent.",
  },
  {
    params: Type.Object({ id: Type.String({ description: 'The id of the payment.' }) }),
    body: shown(
      Type.Object({
        chainId: Type.Integer(),
        token: Type.Optional(Type.String({ description: 'The symbol of a token.' })),
        units: Type.Optional(
          Type.String({ description: 'Whole units, as a string; left out: exactly what is asked.' }),
        ),
      }),
      'What to send.',
      { chainId: 321, token: 'USDT' },
    ),
    response: {
      200: shown(Type.Object({ chainId: Type.Integer(), transaction: Type.String() }), 'Sent.', {
        chainId: 321,
        transaction: '0x8f2c0f6d7a3d7c2b4bd1c6a5a8e0b3c6f2d9e1a7b5c4d3e2f1a0b9c8d7e6f5a4',
      }),
      ...invalid,
      ...unknown,
      409: described(error, 'The chain is not running, the payment is not open, or the token is not taken.'),
      ...errors,
    },
  },
)
