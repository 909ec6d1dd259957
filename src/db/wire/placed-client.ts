import pg from 'pg'
import { type ClusterNode, findNodeOf } from './cluster.ts'

/** How often the coordinator is asked whether a schema that there are connections for has moved. */
const followEveryMs = 1_000

/** Within the second and a half that a connection may take, both questions together. */
const askMs = 700

/**
 * Where the cluster has a schema. It is asked of the coordinator before the first connection, again after one that failed, and once a
 * second while there are any; what it said last holds while the coordinator is away.
 */
class Placement {
  readonly #coordinator: pg.Pool
  readonly #schema: string
  readonly #clients = new Set<pg.Client>()
  #node: Promise<ClusterNode> | undefined
  #known: ClusterNode | undefined

  constructor(coordinatorUrl: string, schema: string) {
    this.#schema = schema
    this.#coordinator = new pg.Pool({
      ...{ connectionString: coordinatorUrl, application_name: 'tercet-placement', max: 1, allowExitOnIdle: true },
      ...{ connectionTimeoutMillis: askMs, query_timeout: askMs },
    })
    this.#coordinator.on('error', ignore)
    setInterval(() => void this.#follow(), followEveryMs).unref()
  }

  node(): Promise<ClusterNode> {
    this.#node ??= this.#ask().catch((error: Error) => {
      this.#node = undefined
      if (this.#known) return this.#known
      throw error
    })
    return this.#node
  }

  /** A connection to the node did not come about: the next one asks again. */
  doubt(): void {
    this.#node = undefined
  }

  keep(client: pg.Client): void {
    this.#clients.add(client)
    client.once('end', () => this.#clients.delete(client))
  }

  async #ask(): Promise<ClusterNode> {
    const node = await this.#find()
    if (!node) throw new Error(`the cluster does not place the schema ${this.#schema}`)
    this.#known = node
    return node
  }

  #find(): Promise<ClusterNode | undefined> {
    return findNodeOf(this.#coordinator, this.#schema)
  }

  /** Connections to where the schema was are ended: whoever uses them finds out as of any that is lost, and the next go where it is. */
  async #follow(): Promise<void> {
    if (this.#clients.size === 0) return
    try {
      const node = await this.#find()
      this.#known = node
      this.#node = node && Promise.resolve(node)
      for (const client of this.#clients)
        if (client.host !== node?.host || client.port !== node.port)
          client.connection.stream.destroy(new Error(`the schema ${this.#schema} is no longer on this node`))
    } catch {
      // An outage of the coordinator: what it said last holds.
    }
  }
}

/** One for each schema of a cluster, for as long as the process lives: connections come and go. */
const placements = new Map<string, Placement>()

function placementOf(coordinatorUrl: string, schema: string): Placement {
  const key = `${schema} ${coordinatorUrl}`
  const known = placements.get(key) ?? new Placement(coordinatorUrl, schema)
  placements.set(key, known)
  return known
}

/** A client whose configuration names the coordinator, and that connects to the node which holds the schema. */
export function placedClient(coordinatorUrl: string, schema: string): typeof pg.Client {
  const placement = placementOf(coordinatorUrl, schema)
  return class PlacedClient extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: (error?: Error) => void): void
    override connect(callback?: (error?: Error) => void): Promise<pg.Client> | undefined {
      const connected = this.#connectToNode()
      if (!callback) return connected
      connected.then(() => callback(), callback)
    }

    async #connectToNode(): Promise<pg.Client> {
      const { host, port } = await placement.node()
      // The driver reads these when it connects.
      Object.assign(this, { host, port })
      try {
        await super.connect()
      } catch (error) {
        placement.doubt()
        throw error
      }
      placement.keep(this)
      return this
    }
  }
}

/** The pool has dropped the connection already; the next question opens another. */
function ignore(): void {}
