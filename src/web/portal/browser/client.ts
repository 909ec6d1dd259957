import createClient from 'openapi-fetch'
import type { PortalPaths } from '../api/routes.ts'

/** The path that a proxy adds before ours, as the page says it. */
export const root = document.querySelector<HTMLMetaElement>('meta[name="tercet-root"]')?.content ?? ''

/** Each call is checked against the schema that the server checks it with. */
export const api = createClient<PortalPaths>({ baseUrl: `${root}/portal/api`, headers: { accept: 'application/json' } })

/** A page that reads itself again while nobody sits there lets the session come to its end. */
const attentiveMs = 60_000
let touchedAt = Date.now()
const touched = () => {
  touchedAt = Date.now()
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
  addEventListener(kind, touched, { capture: true, passive: true })
api.use({
  onRequest: ({ request }) => {
    if (Date.now() - touchedAt > attentiveMs) request.headers.set('tercet-unattended', '1')
  },
})

type RefusedBody = { errorCode?: string; message?: string; errorId?: string; detail?: string }

/** What the server refused, in the English sentence that it gave. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** what varies in the sentence */
  readonly detail: string
  readonly reference: string | undefined

  constructor(status: number, body: RefusedBody | undefined) {
    super(body?.message ?? 'The server cannot be reached. Check your connection and try again.')
    this.status = status
    this.code = body?.errorCode ?? (body?.message ? 'own' : 'unreachable')
    this.detail = body?.detail ?? ''
    this.reference = status >= 500 ? body?.errorId : undefined
  }
}

/** The answer of a call, or the server's refusal thrown. */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch(() => {
    throw new ApiError(0, undefined)
  })
  if (!response.ok || data === undefined)
    throw new ApiError(response.status, error as ConstructorParameters<typeof ApiError>[1])
  return data
}

/** One press of a button: the same key, however often its request is sent. */
export function newPress(): string {
  return crypto.randomUUID()
}
