import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('checkout.css', import.meta.url), 'utf8')
const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)

/** Named by its content, so that browsers may keep it for ever. `path` is below `/checkout`. */
export const styleSheet = { path: `/style-${hash}.css`, text, cacheControl: 'public, max-age=31536000, immutable' }
