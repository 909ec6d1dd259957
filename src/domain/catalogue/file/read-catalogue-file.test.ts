import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { aFile, anInstance, aProduct, aRule, aUuid } from '../../../../test/support/protocols/catalogue.ts'
import type { CatalogueFile } from './file-schema.ts'
import { readCatalogueFile } from './read-catalogue-file.ts'
import { sandboxCatalogue } from './sandbox-catalogue.ts'

function problemsOf(file: unknown): string[] {
  const result = readCatalogueFile(file)
  return result.ok ? [] : result.reason.map(({ path, message }) => `${path} ${message}`)
}

test('reads the sandbox’s catalogue', () => {
  assert.deepEqual(problemsOf(sandboxCatalogue), [])
})

test('reads the example of its documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/protocols/salescloud-catalogue.md'), 'utf8')
  const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? []
  assert.deepEqual(problemsOf(JSON.parse(example)), [])
})

test('fills in what may be left out', () => {
  const result = readCatalogueFile(aFile({ products: [aProduct()], discountRules: [aRule()] }))
  assert.ok(result.ok)
  assert.equal(result.value.organization.timeZone, 'Atlantic/Reykjavik')
  assert.equal(result.value.products[0]?.isEnabled, true)
  assert.equal(result.value.discountRules[0]?.isCompatible, true)
})

test('names the path of what has the wrong shape', () => {
  const file = aFile({ products: [aProduct(), { ...aProduct({ uuid: aUuid(101) }), price: 1.5 }] })
  assert.deepEqual(problemsOf(file), ['products[1].price must be integer'])
  assert.deepEqual(problemsOf({ ...aFile(), shops: [] }), ['shops is not a known word here'])
  assert.match(problemsOf([])[0] ?? '', /^the file must be object/)
})

const wrong: readonly [string, Partial<CatalogueFile>][] = [
  ['organization.currency is not a currency', { organization: { uuid: aUuid(), title: 'T', currency: 'XXQ' } }],
  [
    'organization.timeZone is not a time zone',
    { organization: { uuid: aUuid(), title: 'T', currency: 'ISK', timeZone: 'Iceland/Nowhere' } },
  ],
  ['products[1].uuid repeats products[0].uuid', { products: [aProduct(), aProduct()] }],
  ['products[0].title has characters', { products: [aProduct({ title: 'a\0b' })] }],
  ['products[0].title has characters', { products: [aProduct({ title: 'a\ud800' })] }],
  [
    'products[0].variations[0].type is not one of',
    { products: [aProduct({ variations: [{ uuid: aUuid(2), type: 'Size', title: 'S' }] })] },
  ],
  [
    'products[0].variationTypes[0] is required and has no',
    { products: [aProduct({ variationTypes: [{ name: 'Size', required: true }] })] },
  ],
  [
    'products[0].variations can make the price negative',
    {
      products: [
        aProduct({
          variationTypes: [{ name: 'A' }, { name: 'B' }],
          variations: [
            { uuid: aUuid(2), type: 'A', title: 'a', priceChange: -600 },
            { uuid: aUuid(3), type: 'B', title: 'b', priceChange: -600 },
          ],
        }),
      ],
    },
  ],
  [
    'products[0].event.starts[1].startsAt repeats',
    {
      products: [
        aProduct({
          event: {
            starts: [
              { startsAt: '2030-01-01T10:00:00Z', capacity: 1 },
              { startsAt: '2030-01-01T11:00:00+01:00', capacity: 1 },
            ],
          },
        }),
      ],
    },
  ],
  [
    'products[0].event.starts[0].startsAt is not a date',
    { products: [aProduct({ event: { starts: [{ startsAt: '2030-13-01T10:00:00Z', capacity: 1 }] } })] },
  ],
  [
    'products[0].event.starts[0].startsAt is not a date that exists',
    { products: [aProduct({ event: { starts: [{ startsAt: '2030-02-30T10:00:00Z', capacity: 1 }] } })] },
  ],
  [
    'products[0].event.starts[0].endsAt must be a date that exists',
    {
      products: [
        aProduct({
          event: { starts: [{ startsAt: '2030-02-27T10:00:00Z', endsAt: '2030-02-29T10:00:00Z', capacity: 1 }] },
        }),
      ],
    },
  ],
  [
    'products[0].event.starts[0].endsAt must be a date',
    {
      products: [
        aProduct({
          event: { starts: [{ startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T10:00:00Z', capacity: 1 }] },
        }),
      ],
    },
  ],
  ['units[0].location is not the uuid of a location', { units: [{ uuid: aUuid(2), title: 'U', location: aUuid(3) }] }],
  ['coupons[0] must have either', { coupons: [{ uuid: aUuid(2), title: 'C' }] }],
  ['coupons[0] must have either', { coupons: [{ uuid: aUuid(2), title: 'C', percent: 1, amount: 1 }] }],
  ['coupons[0].percent must have at most two', { coupons: [{ uuid: aUuid(2), title: 'C', percent: 1.234 }] }],
  [
    'coupons[0].validUntil must be after',
    {
      coupons: [
        { uuid: aUuid(2), title: 'C', percent: 1, validFrom: '2030-01-02T00:00Z', validUntil: '2030-01-01T00:00Z' },
      ],
    },
  ],
  [
    'discountRules[0].conditions.products[0] is not a product',
    { discountRules: [aRule({ conditions: { products: [aUuid(9)] } })] },
  ],
  [
    'discountRules[0].conditions.hours must not begin',
    { discountRules: [aRule({ conditions: { hours: { from: 5, to: 5 } } })] },
  ],
  [
    'discountRules[0].conditions.threeForTwo is for',
    { discountRules: [aRule({ type: 'order', conditions: { threeForTwo: true } })] },
  ],
  [
    'discountRules[0].conditions.quantity has a minimum',
    { discountRules: [aRule({ conditions: { quantity: { minimum: 2, maximum: 1 } } })] },
  ],
  ['discountRules[1].machineName repeats', { discountRules: [aRule(), aRule()] }],
  [
    'instances[0].ipAllowList[1] is not an address',
    { instances: [anInstance({ ipAllowList: ['192.0.2.0/24', '192.0.2.0/33'] })] },
  ],
  ['instances[0].namespace is not a payment method', { instances: [anInstance({ namespace: 'nope' })] }],
]

test('refuses days that their month does not have, instead of moving them, and takes those of leap years', () => {
  const coupon = (validUntil: string) => aFile({ coupons: [{ uuid: aUuid(2), title: 'C', percent: 1, validUntil }] })
  for (const day of ['2027-04-31', '2027-02-30', '2027-02-29', '2100-02-29', '2027-13-01', '2027-00-10', '2027-01-00'])
    assert.deepEqual(problemsOf(coupon(`${day}T00:00:00Z`)), ['coupons[0].validUntil is not a date that exists'], day)
  for (const day of ['2027-04-30', '2028-02-29', '2000-02-29', '2027-12-31', '0004-02-29'])
    assert.deepEqual(problemsOf(coupon(`${day}T23:30:00.001+14:00`)), [], day)
})

test('says in words what a text must be, and nothing of schemas and regular expressions', () => {
  const file = aFile({
    coupons: [{ uuid: 'x', title: 'C', validFrom: 'soon', validUntil: 7 as never, usageLimit: 1.5 }],
    discountRules: [{ ...aRule(), machineName: 'A', type: 'both' }],
  })
  assert.deepEqual(problemsOf(file), [
    'coupons[0].uuid must be a uuid',
    'coupons[0].validFrom must be a time with Z or an offset: 2030-05-04T20:00:00Z',
    'coupons[0].validUntil must be either string or null',
    'coupons[0].usageLimit must be either integer or null',
    'discountRules[0].machineName must begin with a to z and go on with at most 63 of a to z, 0 to 9 and _',
    'discountRules[0].type must be product or order',
  ])
  const instance = { ...anInstance({ namespace: 'A', currency: 'kr', acquirer: '' }), bearerKeySha256: 'key' }
  for (const problem of problemsOf(aFile({ instances: [instance] })))
    assert.doesNotMatch(problem, /[\^$]|schema|pattern/)
})

test('refuses times that no file could say again: outside the years 1 to 9999 in UTC', () => {
  for (const validFrom of ['0000-12-31T23:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:30:00-01:00'])
    assert.deepEqual(problemsOf(aFile({ coupons: [{ uuid: aUuid(2), title: 'C', percent: 1, validFrom }] })), [
      'coupons[0].validFrom is not a date that exists',
    ])
})

for (const [expected, file] of wrong)
  test(`finds that ${expected}`, () => {
    const problems = problemsOf(aFile(file))
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.ok(problems[0]?.startsWith(expected), problems.join())
  })

test('keeps an acquirer’s credentials out of whatever is printed', () => {
  const result = readCatalogueFile(aFile({ instances: [anInstance({ credentials: { password: 'canary-4711' } })] }))
  assert.ok(result.ok)
  assert.equal(result.value.instances[0]?.credentials?.password?.reveal(), 'canary-4711')
  assert.doesNotMatch(inspect(result, { depth: 9 }), /canary/)
})

test('answers anything with problems, at most twenty, and never throws', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 5, withNullPrototype: true }), (value) => {
      const result = readCatalogueFile({ ...aFile(), ...value })
      assert.ok(result.ok || (result.reason.length > 0 && result.reason.length <= 20))
    }),
    { numRuns: 200 },
  )
})
