import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { root } from './client.ts'

/** What shows orders, or what was said about them. */
const fresh = new Set(['order', 'orders', 'sales', 'deliveries', 'failed-webhooks'])

/**
 * Reads again what is shown of the shop when the server says that something has changed, and when it may have. A list that somebody has read
 * further down stays as it is. A page that nobody looks at listens to nothing: a browser has six connections for all of them.
 */
export function useLiveUpdates(shop: number | undefined): void {
  const client = useQueryClient()
  useEffect(() => {
    if (shop === undefined) return
    let source: EventSource | undefined
    const readAgain = () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [what, of], state }) => {
          const pages = (state.data as { pages?: readonly unknown[] } | undefined)?.pages
          return fresh.has(String(what)) && of === shop && (pages === undefined || pages.length < 2)
        },
      })
    const listen = () => {
      source?.close()
      source = undefined
      if (document.hidden) return
      const opened = new EventSource(`${root}/portal/api/merchants/${shop}/live`)
      let isFirst = true
      opened.addEventListener('orders', () => void readAgain())
      opened.onopen = () => {
        // What happened while nobody listened was told to nobody.
        if (!isFirst) void readAgain()
        isFirst = false
      }
      source = opened
    }
    const onSight = () => {
      listen()
      if (!document.hidden) void readAgain()
    }
    listen()
    document.addEventListener('visibilitychange', onSight)
    return () => {
      document.removeEventListener('visibilitychange', onSight)
      source?.close()
    }
  }, [client, shop])
}
