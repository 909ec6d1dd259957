import type { CatalogueFile } from './file-schema.ts'

/** The card instance whose acquirer is the simulator process; its credentials name nobody until that listens. */
export const simulatedInstance = '7e4b1d93-2c58-4a06-9f17-b8d5c3e06a42'

/**
 * What the sandbox's SalesCloud organization sells (the README lists its uuids): everything that the contract's advanced example
 * speaks of, priced so that its total is its amount, 790 + 150 + 50 + 10 = 1000 ISK, as it stands. Beside it one of everything else a client may want to try.
 */
export const sandboxCatalogue: CatalogueFile = {
  organization: {
    uuid: '3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34',
    title: 'Kaffihúsið Tercet',
    currency: 'ISK',
    timeZone: 'Atlantic/Reykjavik',
  },
  channels: [
    { uuid: 'a1c9e7d2-4b58-4f3a-b6d0-92e8c7f51a60', title: 'Web shop' },
    { uuid: 'c7d1f0a4-3e52-4b96-8f0d-6a2b9e471c38', title: 'Till at Laugavegur', pos: true },
  ],
  instances: [
    {
      uuid: '5b2e9f04-7c31-4a8d-91f6-d3a0b8c4e275',
      title: 'Cards in krónur',
      namespace: 'valitor_greidslugatt',
      currency: 'ISK',
      acquirer: 'sandbox',
    },
    {
      uuid: simulatedInstance,
      title: 'Cards through the Valitor simulator',
      namespace: 'valitor_greidslugatt',
      currency: 'ISK',
      acquirer: 'valitor_greidslugatt',
      credentials: {
        endpoint: 'http://127.0.0.1:1/',
        username: 'tercet',
        password: 'sandbox',
        posId: '1',
        currency: 'ISK',
      },
    },
  ],
  locations: [{ uuid: '0c5e8b7a-62d4-4f19-9b3c-1d7e4a90f526', title: 'Laugavegur' }],
  units: [
    {
      uuid: 'd94a7f10-85c3-4e2b-a6f7-3b1c0e5d8294',
      title: 'Table 4',
      location: '0c5e8b7a-62d4-4f19-9b3c-1d7e4a90f526',
    },
  ],
  deliveryServices: [{ uuid: 'e25abb40-6ac5-11ea-b6ac-098bba9d8176', title: 'Home Delivery', price: 10 }],
  coupons: [
    {
      uuid: '71f3d0c8-2ab6-4c95-8e4d-f05b6a9c1e73',
      title: 'Ten percent off',
      percent: 10,
      minimum: 500,
    },
  ],
  discountRules: [
    {
      machineName: 'three_croissants',
      adminTitle: 'Three croissants for the price of two',
      name: 'Three for two',
      type: 'product',
      percent: 100,
      conditions: { products: ['b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146'], threeForTwo: true },
    },
  ],
  products: [
    {
      uuid: '18f2d14e-2d1d-4e5f-9a3c-e174a92f6ca1',
      title: 'Flat white',
      price: 790,
      type: 'drink',
      department: 'Café',
      categories: ['coffee'],
      variationTypes: [{ name: 'Size' }, { name: 'Milk' }],
      variations: [
        { uuid: '6479707c-31b3-47c2-b39f-d7084466daf4', type: 'Size', title: 'Large', priceChange: 150 },
        { uuid: '4bba38e6-d3de-4959-b2c0-7b94331ec759', type: 'Milk', title: 'Oat milk', priceChange: 50 },
        { uuid: '9d3c6b1f-0e84-4a57-b2d9-58f7c1a6e03b', type: 'Size', title: 'Small', priceChange: -90 },
      ],
    },
    {
      uuid: 'b80e6d25-4f97-4a1c-93d8-7c2f5e0ab146',
      title: 'Croissant',
      price: 450,
      type: 'food',
      department: 'Café',
      categories: ['bakery'],
    },
    {
      uuid: '2ea94c7d-51f8-4b03-86ce-0d9b7f3a5e12',
      title: 'Latte art evening',
      price: 4900,
      type: 'event',
      categories: ['evenings'],
      event: {
        starts: [
          { startsAt: '2035-06-17T19:00:00Z', endsAt: '2035-06-17T21:00:00Z', capacity: 12 },
          { startsAt: '2035-06-24T19:00:00Z', capacity: 2 },
        ],
      },
    },
  ],
}
