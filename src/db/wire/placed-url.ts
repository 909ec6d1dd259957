const parameter = 'tercet_placed'

/** The URL of a cluster's coordinator, for connections that go to the node that holds the schema `name`. */
export function onNodeOf(coordinatorUrl: string, name: string): string {
  const url = new URL(coordinatorUrl)
  url.searchParams.set(parameter, name)
  // The driver reads %20, not the + that URLSearchParams writes for a blank.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}

/** The schema whose node is meant, and the URL without that word; undefined for a database that is where its URL says. */
export function placedSchemaOf(text: string): { readonly schema: string; readonly coordinatorUrl: string } | undefined {
  if (!text.includes(parameter)) return undefined
  const url = new URL(text)
  const schema = url.searchParams.get(parameter)
  if (schema === null) return undefined
  url.searchParams.delete(parameter)
  url.search = url.search.replaceAll('+', '%20')
  return { schema, coordinatorUrl: url.href }
}
