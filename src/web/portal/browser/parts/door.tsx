import { Card, Center, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { type Language, useLanguage, useWords } from '../words/index.ts'
import { PageTitle } from './page-title.tsx'

/** The one card of a page for people who are not inside yet. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const words = useWords()
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw="26rem">
        <Group justify="space-between">
          <Text fw={650}>Tercet</Text>
          <LanguageSwitch />
        </Group>
        <Card className="panel" padding="xl" radius="lg" withBorder>
          <PageTitle size="h2" mb="md">
            {title}
          </PageTitle>
          {children}
        </Card>
        <Text size="xs" c="dimmed" ta="center">
          {words.portal}
        </Text>
      </Stack>
    </Center>
  )
}

export function LanguageSwitch() {
  const { language, choose } = useLanguage()
  return (
    <SegmentedControl
      size="xs"
      aria-label={useWords().language}
      value={language}
      onChange={(value) => choose(value as Language)}
      data={[
        { value: 'en', label: 'English' },
        { value: 'it', label: 'Italiano' },
      ]}
    />
  )
}
