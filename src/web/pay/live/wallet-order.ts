/** What the page tells its script of the amount that a wallet may pay. */
export type WalletOrder = {
  /** the amount's number within its payment */
  readonly number: number
  /** what is due as the page shows it, in the token's smallest units */
  readonly units: string
  /** the same for people: `12.34 USDT` */
  readonly amount: string
  /** hexadecimal, as wallets write it */
  readonly chainId: string
  readonly network: string
  readonly coin: string
  readonly isCoin: boolean
  /** hash of the first block of a chain that runs inside the sandbox; null for a real one */
  readonly genesis: string | null
  /** the parameter of `wallet_addEthereumChain`; null where no RPC address can be told */
  readonly add: {
    readonly chainId: string
    readonly chainName: string
    readonly nativeCurrency: { readonly name: string; readonly symbol: string; readonly decimals: number }
    readonly rpcUrls: readonly string[]
    readonly blockExplorerUrls?: readonly string[]
  } | null
}

/** What the server answers when the button is pressed: the parameters of `eth_sendTransaction`, and of a question for the balance. */
export type PreparedTransaction = {
  readonly to: string
  readonly value: string
  readonly data: string
  /** of a token: `eth_call`, the account's own address to be put behind `data` */
  readonly balance: { readonly to: string; readonly data: string } | null
}
