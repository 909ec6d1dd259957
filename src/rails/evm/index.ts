import type { ChainRail } from '../chain-rail.ts'

/** Chains of the Ethereum kind, read over JSON-RPC. */
export const evm: ChainRail = {
  readAddress: async (text) => (await import('./checksum.ts')).readAddress(text),
  findKnownChain: async (id) => (await import('./known-chains.ts')).findKnownChain(id),
  probeEndpoint: async (url, wanted) => await (await import('./probe-endpoint.ts')).probeEndpoint(url, wanted),
  readTokenFacts: async (url, token) => await (await import('./probe-endpoint.ts')).readTokenFacts(url, token),
  openReader: async (options) => (await import('./evm-reader.ts')).createEvmReader(options),
  agreementText: async (agreement) => (await import('./signed-text.ts')).agreementText(agreement),
  isSignedBy: async (...signed) => await (await import('./signed-text.ts')).isSignedBy(...signed),
  whyNoLocalChain: async (program) => await (await import('./local/anvil.ts')).whyNoAnvil(program),
  startLocalChain: async (settings) => await (await import('./local/local-chain.ts')).startLocalChain(settings),
  createMemoryChain: async (settings) => (await import('./local/memory-chain.ts')).createMemoryChain(settings),
}
