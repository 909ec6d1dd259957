import { Alert, Button, Center, Loader, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiError } from '../client.ts'
import { useWords, type Words } from '../words/index.ts'

/** What the server refused, in a sentence of the reader's language; announced to who does not see it. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useWords()
  if (error === null || error === undefined) return null
  const refusal = refusalOf(error)
  return (
    <Alert color="red" variant="light" role="alert" title={words.error.title}>
      <Text size="sm" c="var(--mantine-color-text)">
        {sentenceOf(refusal, words)}
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

function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  // What was typed as JSON and is none.
  if (error instanceof SyntaxError) return new ApiError(400, { errorCode: 'not_json', message: `${error.message}.` })
  return new ApiError(500, { message: String(error) })
}

/** The server speaks English. */
function sentenceOf({ code, detail, message }: ApiError, words: Words): string {
  const { refusals } = words
  if (refusals === null || !Object.hasOwn(refusals, code)) return message
  const sentence = refusals[code as keyof typeof refusals]
  return typeof sentence === 'string' ? sentence : sentence(detail, words)
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
