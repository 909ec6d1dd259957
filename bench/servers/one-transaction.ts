import { registerHooks } from 'node:module'

/**
 * Loaded before `tercet start`, so that what is compared is the whole product with one module exchanged: whoever imports the
 * batching engine's `createEngine` gets the one that runs each command in a transaction of its own.
 */
const replacement = new URL('one-transaction-engine.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context)
    return resolved.url.endsWith('/src/engine/engine.ts') ? { ...resolved, url: replacement } : resolved
  },
})
