/** Keys of one read: what waits beyond is read by the next. An order has up to 256 KB. */
const mostKeys = 50

/**
 * Reads what is asked for in one turn of the event loop with one statement: under load a statement for each request costs more than
 * most of what is done with its answer, and a server that is idle waits for nothing. `read` begins after the question, so it sees all
 * that was committed before. It answers by `nameOf`; when it fails, all who asked in that turn are told.
 */
export function gatherReads<Key, Value>(
  nameOf: (key: Key) => string,
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<string, Value>>,
): (key: Key) => Promise<Value | undefined> {
  type Round = { readonly keys: Map<string, Key>; readonly found: Promise<ReadonlyMap<string, Value>> }
  let open: Round | undefined
  const begin = (): Round => {
    const keys = new Map<string, Key>()
    const found = new Promise<ReadonlyMap<string, Value>>((resolve) => {
      setImmediate(() => {
        if (open?.keys === keys) open = undefined
        resolve(read([...keys.values()]))
      })
    })
    return { keys, found }
  }
  return async (key) => {
    if (!open || open.keys.size >= mostKeys) open = begin()
    const { keys, found } = open
    const name = nameOf(key)
    keys.set(name, key)
    return (await found).get(name)
  }
}
