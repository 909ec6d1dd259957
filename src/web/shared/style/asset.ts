import { createHash } from 'node:crypto'

/** A file that pages ask for by a name made of its content, so that browsers may keep it for ever. */
export type Asset = { readonly path: string; readonly text: string; readonly type: string }

/** `stem.hash.ext` below `/assets`. */
export function asset(stem: string, ext: 'css' | 'js', text: string): Asset {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 12)
  return {
    path: `/assets/${stem}-${hash}.${ext}`,
    text,
    type: `text/${ext === 'js' ? 'javascript' : ext}; charset=utf-8`,
  }
}
