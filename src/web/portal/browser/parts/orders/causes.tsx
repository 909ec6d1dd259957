import { Alert, List, Stack, Text } from '@mantine/core'
import { useWords } from '../../words/index.ts'

const causes = ['expired', 'refunded_not_charged', 'failed'] as const

/** Why orders are not worth money, and what the shop can check. With a status, of that one alone. */
export function Causes({ of }: { of?: string }) {
  const words = useWords()
  const shown = causes.filter((each) => of === undefined || each === of)
  if (shown.length === 0) return null
  return (
    <Alert color="gray" variant="light" role="note">
      <Stack gap="xs">
        {shown.map((status) => (
          <div key={status}>
            <Text size="sm" c="var(--mantine-color-text)">
              <strong>{words.status[status]}.</strong> {words.cause[status]}
            </Text>
            <Text size="sm" c="var(--mantine-color-text)">
              {words.check.title}:
            </Text>
            <List size="sm">
              {words.check[status].map((each) => (
                <List.Item key={each}>{each}</List.Item>
              ))}
            </List>
          </div>
        ))}
        <Text size="sm" c="dimmed">
          {words.check.server}
        </Text>
      </Stack>
    </Alert>
  )
}
