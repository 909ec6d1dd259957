import { useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** Who is signed in; a refusal with status 401 means nobody. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => answerOf(api.GET('/session')),
    staleTime: 60_000,
    retry: false,
  })
}

/** The name of a merchant API as people know it. */
export function useApiTitle(): (name: string) => string {
  const apis = useSession().data?.apis
  return (name) => apis?.find((each) => each.name === name)?.title ?? name
}

/** Forgets everything that was read for whoever was signed in before. */
export function useForgetAll(): () => void {
  const client = useQueryClient()
  return () => client.clear()
}

const shopKey = 'tercet-portal-shop'

/** The shop that was looked at last. */
export function lastShop(): string | null {
  return localStorage.getItem(shopKey)
}

export function keepShop(id: number): void {
  localStorage.setItem(shopKey, String(id))
}
