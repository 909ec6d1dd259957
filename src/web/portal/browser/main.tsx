import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import './styles.ts'
import './portal.css'
import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './client.ts'
import { router } from './router.tsx'
import { cssVariablesResolver, theme } from './theme.ts'
import { firstLanguage, keepLanguage, type Language, LanguageContext } from './words/index.ts'

/** Given by the server for this answer alone: the styles that components add at run time carry it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

const queries = new QueryClient({
  // Whatever page hears first that its session has ended: the frame asks once more who is signed in, and shows the door.
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (error instanceof ApiError && error.code === 'signed_out' && queryKey[0] !== 'session')
        void queries.invalidateQueries({ queryKey: ['session'] })
    },
  }),
  defaultOptions: {
    queries: {
      // A refusal stays one however often it is asked; an outage may pass.
      retry: (count, error) => error instanceof ApiError && (error.status === 0 || error.status === 503) && count < 2,
      staleTime: 5_000,
    },
  },
})

function Portal() {
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const choose = (next: Language) => {
    keepLanguage(next)
    setLanguage(next)
  }
  return (
    <LanguageContext value={{ language, choose }}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        getStyleNonce={() => nonce}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageContext>
  )
}

keepLanguage(firstLanguage())
const place = document.getElementById('portal')
if (place) createRoot(place).render(<Portal />)
