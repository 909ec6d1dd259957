import { createContext, useContext } from 'react'
import type { PortalPaths } from '../api/routes.ts'

type Session = PortalPaths['/session']['get']['responses'][200]['content']['application/json']

/** The shop that is looked at, and what the person may do in it. */
export type Shop = Session['merchants'][number]

export const ShopContext = createContext<Shop | undefined>(undefined)

export function useShop(): Shop {
  const shop = useContext(ShopContext)
  if (!shop) throw new Error('pages of a shop are shown inside its frame')
  return shop
}

/** Whether the person may do it: what one may not is not offered, and refused by the server as well. */
export function useMay(): (permission: Shop['may'][number]) => boolean {
  const { may } = useShop()
  return (permission) => may.includes(permission)
}
