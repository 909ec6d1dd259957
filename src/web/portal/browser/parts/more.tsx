import { Button } from '@mantine/core'

type List = {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Reads on where a list ended; nothing where it is read to its end. */
export function More({ of: list, label }: { of: List; label: string }) {
  if (!list.hasNextPage) return null
  return (
    <Button variant="default" onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
      {label}
    </Button>
  )
}
