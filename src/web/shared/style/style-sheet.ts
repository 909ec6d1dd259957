import { readFileSync } from 'node:fs'
import { asset } from './asset.ts'

const parts = ['tokens.css', 'base.css', 'components.css']

/** The one style sheet of every hosted page: tokens, the page around its content, the components. */
export const styleSheet = asset(
  'pages',
  'css',
  parts.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n'),
)
