import { Button, Code, CopyButton, Group, Title } from '@mantine/core'
import { useDeveloperWords } from '../../words/developers/index.ts'
import { useWords } from '../../words/index.ts'

/** What a shop copies into its page. */
export function Markup({ text }: { text: string }) {
  const words = useWords()
  const { buttons } = useDeveloperWords()
  return (
    <>
      <Title order={3} size="h5">
        {buttons.markup}
      </Title>
      <Code block className="wrap" tabIndex={0}>
        {text}
      </Code>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? words.people.copied : words.people.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  )
}

/** What somebody typed stays a value in the markup that they copy. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)
}
