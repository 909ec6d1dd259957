import type { Address, ChainId } from '../domain/chain/address.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ChainReader } from './chain-reader.ts'
import type { SandboxChain, SandboxChainSettings } from './sandbox-chain.ts'

/**
 * What a kind of chains can be asked, whatever it is built on. Its library is loaded by the first call that needs it: a server without a chain
 * does without.
 */
export type ChainRail = {
  /** An address as people copy it; undefined when a character was mistyped. */
  readonly readAddress: (text: string) => Promise<Address | undefined>
  /** What is known of a chain by its number. It may take a second: for commands, not for servers. */
  readonly findKnownChain: (id: ChainId) => Promise<KnownChain | undefined>
  /** Asks one endpoint for all that a watcher needs. Never rejects. */
  readonly probeEndpoint: (url: string, wanted: ChainId) => Promise<EndpointProbe>
  /** Undefined when there is no contract that knows its decimals. Throws an error of one line when the endpoint cannot be asked. */
  readonly readTokenFacts: (url: string, token: Address) => Promise<TokenFacts | undefined>
  readonly openReader: (options: ReaderOptions) => Promise<ChainReader>
  /** The text that a wallet shows and signs, to the letter. */
  readonly agreementText: (agreement: Agreement) => Promise<string>
  /** Whether the holder of the address has signed the text. */
  readonly isSignedBy: (address: Address, text: string, signature: string) => Promise<boolean>
  /** Why no real chain can run on this machine, in one line; undefined when one can, as far as can be told without starting one. */
  readonly whyNoLocalChain: (program: string | undefined) => Promise<string | undefined>
  /** Throws `LocalChainUnavailable` when it cannot run here. */
  readonly startLocalChain: (settings: LocalChainSettings) => Promise<SandboxChain>
  readonly createMemoryChain: (settings: SandboxChainSettings) => Promise<SandboxChain>
}

export type ReaderOptions = {
  readonly chainId: ChainId
  readonly urls: readonly string[]
  readonly hasFinality: boolean
}

export type LocalChainSettings = SandboxChainSettings & {
  /** runs it instead of the package's own */
  readonly program?: string | undefined
  /** what it remembers from one run to the next; written when it ends */
  readonly stateFile?: string
}

/** No chain can run here: an expected answer on musl, an old glibc, or a processor without a build. */
export class LocalChainUnavailable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'LocalChainUnavailable'
  }
}

/** What a chain is called and has, where that is known of its number. */
export type KnownChain = {
  readonly name: string
  readonly coin: string
  readonly explorerUrl: string | null
}

/** What one endpoint says when it is asked for all that a watcher needs; `problem` says what it cannot. */
export type EndpointProbe = {
  readonly host: string
  readonly problem: string | null
  readonly chainId: ChainId | null
  readonly head: bigint | null
  readonly newestAt: Instant | null
  /** it names a finalized block */
  readonly tellsFinality: boolean
  readonly tookMs: number
}

/** What a token's contract says of itself. */
export type TokenFacts = { readonly symbol: string | null; readonly decimals: number }

/** What the holder of an address agrees to by signing (EIP-4361). */
export type Agreement = {
  readonly address: Address
  /** of the page that asks: wallets compare it with the one that is open */
  readonly domain: string
  readonly uri: string
  /** printable ASCII, one line */
  readonly statement: string
  readonly chainId: ChainId
  /** at least eight letters and digits */
  readonly nonce: string
  /** ISO 8601 */
  readonly issuedAt: string
  /** letters and digits: stands for whatever else is agreed to */
  readonly requestId: string
}
