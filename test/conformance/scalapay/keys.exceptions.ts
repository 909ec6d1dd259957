/** Routes of the server that answer without a merchant key, and why. Every other one must refuse. */
export const openRoutes: Readonly<Record<string, string>> = {
  'GET /healthz': 'asked by load balancers',
  'HEAD /healthz': 'asked by load balancers',
  'GET /readyz': 'asked by load balancers',
  'HEAD /readyz': 'asked by load balancers',
  'GET /metrics': 'scraped inside the operator’s network',
  'HEAD /metrics': 'scraped inside the operator’s network',
  'GET /docs/json': 'public documentation',
  'HEAD /docs/json': 'public documentation',
  'GET /docs/yaml': 'public documentation',
  'HEAD /docs/yaml': 'public documentation',
}

/** Routes with a key but without an order in them: another merchant's key is answered for that merchant. */
export const routesWithoutOrder: readonly string[] = [
  ...['', '/v1', '/v2'].flatMap((version) => [
    `POST ${version}/orders`,
    `GET ${version}/payments/references`,
    `GET ${version}/configurations`,
  ]),
  'GET /v1/configuration',
  'GET /v3/configurations',
]
