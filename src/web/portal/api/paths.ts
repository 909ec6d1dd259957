import type { Static, TSchema } from 'typebox'
import type { ApiRoute, Schemas } from './route.ts'

/*
 * The types of the portal's client, made of the routes themselves: what `openapi-typescript` would write from the OpenAPI document, so that
 * `openapi-fetch` checks each call of the browser against the schema that the server checks it with.
 */

type JsonOf<S> = S extends TSchema ? { readonly content: { readonly 'application/json': Static<S> } } : never

type ParametersOf<S extends Schemas> = (S['params'] extends TSchema
  ? { path: Static<S['params']> }
  : { path?: never }) &
  (S['query'] extends TSchema ? { query?: Static<S['query']> } : { query?: never })

type OperationOf<R> = R extends ApiRoute<string, string, infer S>
  ? {
      parameters: ParametersOf<S>
      responses: { 200: JsonOf<S['answer']> }
    } & (S['body'] extends TSchema ? { requestBody: JsonOf<S['body']> } : { requestBody?: never })
  : never

type UrlOf<R> = R extends ApiRoute<string, infer Url, Schemas> ? Url : never
type RouteAt<Routes, Url extends string> = Extract<Routes, { readonly url: Url }>

/** `paths` of the routes: one key for each address, one below it for each method. */
export type PathsOf<Routes> = {
  [Url in UrlOf<Routes>]: {
    [R in RouteAt<Routes, Url> as R extends ApiRoute<infer Method, string, Schemas>
      ? Lowercase<Method>
      : never]: OperationOf<R>
  }
}
