import type { Connector } from './connector.ts'
import { sandboxConnector } from './sandbox/connector.ts'
import { valitorConnector } from './valitor/connector.ts'

const all: readonly Connector[] = [sandboxConnector, valitorConnector]

/** Every card acquirer that Tercet can talk to, by the name an attempt and a payment instance carry. */
export const connectors: ReadonlyMap<string, Connector> = new Map(all.map((connector) => [connector.name, connector]))
