import { AppShell, Burger, Button, Group, NavLink, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { ApiError, answerOf, api } from './client.ts'
import { useLiveUpdates } from './live.ts'
import { LanguageSwitch } from './parts/door.tsx'
import { Loaded, Refusal } from './parts/refusal.tsx'
import { StepUp } from './parts/step-up.tsx'
import { keepShop, lastShop, useForgetAll, useSession } from './session.ts'
import { type Shop, ShopContext } from './shop.ts'
import { useWords } from './words/index.ts'

/** Around every page for who is signed in: the shop, the menu, and the way out. */
export function Frame() {
  const session = useSession()
  const isStranger = session.error instanceof ApiError && session.error.status === 401
  if (isStranger) return <ToDoor />
  return <Loaded of={session}>{(known) => <Inside merchants={known.merchants} mode={known.mode} />}</Loaded>
}

/** Goes to the door once, which leads back to what was wanted. */
function ToDoor() {
  const router = useRouter()
  useEffect(() => {
    const { pathname, searchStr } = router.state.location
    const to = `${pathname}${searchStr}`
    void router.navigate({ to: '/sign-in', search: { to }, replace: true })
  }, [router])
  return null
}

function Inside({ merchants, mode }: { merchants: readonly Shop[]; mode: string }) {
  const words = useWords()
  const [isMenuOpen, menu] = useDisclosure(false)
  const [shopId, setShopId] = useState(lastShop)
  const shop = merchants.find(({ id }) => String(id) === shopId) ?? merchants[0]
  useLiveUpdates(shop?.may.includes('view_orders') ? shop.id : undefined)
  const choose = (id: string | null) => {
    if (id === null) return
    keepShop(Number(id))
    setShopId(id)
  }
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding="md"
    >
      <a href="#content" className="skip">
        {words.skip}
      </a>
      <AppShell.Header className="panel">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap" gap="sm" miw={0}>
            <Burger
              opened={isMenuOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={words.menu}
              aria-expanded={isMenuOpen}
            />
            <Text fw={650}>Tercet</Text>
            {merchants.length > 1 ? (
              <Select
                aria-label={words.shop}
                size="xs"
                w={{ base: 140, sm: 220 }}
                miw={0}
                allowDeselect={false}
                value={shop ? String(shop.id) : null}
                onChange={choose}
                data={merchants.map(({ id, name }) => ({ value: String(id), label: name }))}
              />
            ) : (
              <Text c="dimmed" truncate>
                {shop?.name}
              </Text>
            )}
          </Group>
          {mode === 'sandbox' && <Sandbox />}
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="panel">
        <Menu shop={shop} onGo={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content">
        {shop ? (
          <ShopContext value={shop}>
            <StepUp>
              <Outlet key={shop.id} />
            </StepUp>
          </ShopContext>
        ) : (
          <Text>{words.noShop}</Text>
        )}
      </AppShell.Main>
    </AppShell>
  )
}

/** Said on every page, in few words where there is little room. */
function Sandbox() {
  const words = useWords()
  return (
    <Text size="sm" className="sandbox" role="note">
      Sandbox<span>: {words.sandbox}</span>
    </Text>
  )
}

/** What is sold, what the shop is, what its developers need, and who may do all that. */
const entries = [
  [
    { to: '/home', word: 'home', needs: 'view_sales' },
    { to: '/orders', word: 'orders', needs: 'view_orders' },
    { to: '/transfers', word: 'transfers', needs: 'view_transfers' },
  ],
  [
    { to: '/catalogue', word: 'catalogue', needs: 'change_catalogue' },
    { to: '/branding', word: 'branding', needs: 'change_branding' },
    { to: '/wallets', word: 'wallets', needs: 'view_transfers' },
    { to: '/developers', word: 'developers', needs: 'view_keys' },
  ],
  [
    { to: '/people', word: 'people', needs: 'view_users' },
    { to: '/audit-log', word: 'audit', needs: 'view_audit_log' },
    { to: '/account', word: 'account', needs: null },
  ],
] as const

function Menu({ shop, onGo }: { shop: Shop | undefined; onGo: () => void }) {
  const words = useWords()
  const here = useLocation({ select: ({ pathname }) => pathname })
  const shown = entries
    .map((group) => group.filter(({ needs }) => needs === null || shop?.may.includes(needs)))
    .filter((group) => group.length > 0)
  return (
    <Stack h="100%" justify="space-between">
      <nav aria-label={words.menu} className="menu">
        {shown.map((group) => (
          <div key={group[0]?.to}>
            {group.map(({ to, word }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                label={words.nav[word]}
                active={here.startsWith(to)}
                aria-current={here.startsWith(to) ? 'page' : undefined}
                onClick={onGo}
              />
            ))}
          </div>
        ))}
      </nav>
      <Stack gap="xs">
        <LanguageSwitch />
        <SignOut />
      </Stack>
    </Stack>
  )
}

function SignOut() {
  const words = useWords()
  const forget = useForgetAll()
  const navigate = useNavigate()
  const out = useMutation({
    mutationFn: () => answerOf(api.DELETE('/session')),
    onSuccess: () => {
      forget()
      void navigate({ to: '/sign-in' })
    },
  })
  return (
    <>
      <Refusal error={out.error} />
      <Button variant="default" size="xs" onClick={() => out.mutate()} loading={out.isPending}>
        {words.signIn.out}
      </Button>
    </>
  )
}
