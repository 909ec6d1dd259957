import { Group, Stack } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageTitle } from '../../parts/page-title.tsx'
import { useSession } from '../../session.ts'
import { useMay } from '../../shop.ts'
import { useDeveloperWords } from '../../words/developers/index.ts'

const tabs = [
  { to: '/developers/keys', word: 'keys', needs: 'view_keys' },
  { to: '/developers/webhooks', word: 'webhooks', needs: 'manage_webhooks' },
  { to: '/developers/requests', word: 'requests', needs: 'view_request_log' },
  { to: '/developers/buttons', word: 'buttons', needs: 'view_keys' },
  { to: '/developers/sandbox', word: 'sandbox', needs: 'use_sandbox' },
] as const

/** Around each page for developers: its title, and the way to the others. */
export function DeveloperRoom({ children }: { children: ReactNode }) {
  const words = useDeveloperWords()
  const may = useMay()
  const isSandbox = useSession().data?.mode === 'sandbox'
  const path = useLocation({ select: ({ pathname }) => pathname })
  const here = tabs.find(({ to }) => path.startsWith(to))
  return (
    <Stack>
      <PageTitle {...(here && { tab: words.tabs[here.word] })}>{words.title}</PageTitle>
      <Group component="nav" gap="xs" className="tabs" aria-label={words.title}>
        {tabs
          .filter(({ needs }) => may(needs) && (needs !== 'use_sandbox' || isSandbox))
          .map(({ to, word }) => (
            <Link key={to} to={to} aria-current={here?.to === to ? 'page' : undefined}>
              {words.tabs[word]}
            </Link>
          ))}
      </Group>
      {children}
    </Stack>
  )
}
