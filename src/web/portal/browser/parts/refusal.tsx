import { Alert, Button, Center, Loader, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiError } from '../client.ts'
import { useWords } from '../words/index.ts'

/** What the server refused, in its own sentence; announced to who does not see it. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords()
  if (error === null || error === undefined) return null
  const refusal = error instanceof ApiError ? error : new ApiError(500, { message: String(error) })
  return (
    <Alert color="red" variant="light" role="alert" title={words.error.title}>
      <Text size="sm" c="var(--mantine-color-text)">
        {refusal.message}
      </Text>
      {refusal.reference && (
        <Text size="xs" c="dimmed">
          {words.error.reference}: {refusal.reference}
        </Text>
      )}
      {onRetry && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          {words.error.again}
        </Button>
      )}
    </Alert>
  )
}

type Asked<T> = { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown }

/** An answer when it is there; until then that it is on its way, or why not. */
export function Loaded<T>({ of, children }: { of: Asked<T>; children: (data: T) => ReactNode }) {
  const words = useWords()
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Refusal error={of.error} onRetry={() => void of.refetch()} />
  return (
    <Center mih="12rem">
      <Loader role="status" aria-label={words.loading} />
    </Center>
  )
}
