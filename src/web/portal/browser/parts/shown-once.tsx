import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { useWords } from '../words/index.ts'

/** A secret that is shown this once, with a button that copies it. */
export function ShownOnce({ text, hint }: { text: string; hint: string }) {
  const words = useWords()
  return (
    <Alert color="sea" variant="light" role="status">
      <Text size="sm" c="var(--mantine-color-text)">
        {hint}
      </Text>
      <Group wrap="nowrap" mt="xs">
        <Code className="wrap">{text}</Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? words.people.copied : words.people.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  )
}
