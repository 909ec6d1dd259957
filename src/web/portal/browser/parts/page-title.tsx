import { Title, type TitleProps } from '@mantine/core'
import { useEffect } from 'react'

/**
 * The one heading of a page, which names the browser's tab as well: tabs and the history tell pages apart, and a screen reader says where
 * it is. `tab` is what is said there in front of it.
 */
export function PageTitle({
  children,
  tab,
  ...props
}: Omit<TitleProps, 'children'> & { children: string; tab?: string }) {
  const name = [tab, children, 'Tercet'].filter(Boolean).join(' – ')
  useEffect(() => {
    document.title = name
  }, [name])
  return (
    <Title order={1} {...props}>
      {children}
    </Title>
  )
}
