import { Type } from 'typebox'
import { catalogueKinds } from '../../../domain/catalogue/model/kinds.ts'
import { entityPages } from './paging.ts'
import {
  described,
  error,
  errors,
  next,
  ofOrganization,
  pageParameters,
  security,
  shown,
  tags,
  uuid,
} from './schemas.ts'

/** What the API documentation says of the routes that manage a catalogue (ours). */
const kind = Type.Union(catalogueKinds.map((name) => Type.Literal(name)))
const ofKind = Type.Object({ organization: uuid, kind })
const ofEntity = Type.Object({
  organization: uuid,
  kind,
  id: Type.String({ description: 'The uuid; of a discount rule its machineName.' }),
})
const entity = Type.Unknown({
  description:
    'The entity as in a catalogue file (docs/protocols/salescloud-catalogue.md), and readOnly: what cannot be set.',
})
const entityExample = { uuid: '8c5d2f10-3a7b-4e69-b1d4-0f6a9c2e7b83', title: 'Kaffi', price: 650 }
const fileExample = { organization: { uuid: '3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34' }, products: [entityExample] }
const notChanged = described(error, 'Nothing was changed: message.problems lists what is wrong, each with its path.')
const inUse = described(error, 'Something still needs it: the message says what.')

export const readCatalogueSchema = {
  tags,
  security,
  operationId: 'readCatalogue',
  summary: 'Read the whole catalogue',
  description: 'As a file that can be imported, without secrets.',
  params: ofOrganization,
  response: {
    200: shown(Type.Unknown(), 'The catalogue file.', fileExample),
    409: described(error, 'Too large for one answer: read it by kind.'),
    ...errors,
  },
}

export const importSchema = {
  tags,
  security,
  operationId: 'importCatalogue',
  summary: 'Import a catalogue',
  description: 'All of it or nothing.',
  params: ofOrganization,
  body: shown(Type.Unknown(), 'The catalogue file, see docs/protocols/salescloud-catalogue.md.', fileExample),
  response: {
    200: shown(Type.Unknown(), 'How many of each were written.', {
      counts: { products: { added: 1, changed: 0, unchanged: 0 } },
    }),
    400: described(error, 'Nothing was imported: message.problems lists what is wrong, each with its path.'),
    ...errors,
  },
}

const organization = Type.Object({
  uuid,
  title: Type.String(),
  currency: Type.String(),
  timeZone: Type.String(),
  enabled: Type.Boolean(),
})

const organizationExample = {
  uuid: '3f8b2c1e-9a47-4d6b-8e21-5c7f0a1b2d34',
  title: 'Kaffihúsið',
  currency: 'ISK',
  timeZone: 'Atlantic/Reykjavik',
  enabled: true,
}

export const readOrganizationSchema = {
  tags,
  security,
  operationId: 'getOrganization',
  summary: 'Get the organization',
  description: 'Its title, currency, time zone, and whether it sells.',
  params: ofOrganization,
  response: { 200: shown(organization, 'The organization.', organizationExample), ...errors },
}

export const putOrganizationSchema = {
  tags,
  security,
  operationId: 'changeOrganization',
  summary: 'Change the organization',
  description: 'Title, time zone, and whether it sells. The currency never changes.',
  params: ofOrganization,
  body: shown(Type.Partial(organization), 'What to change.', { enabled: false }),
  response: {
    200: shown(organization, 'As it is now.', { ...organizationExample, enabled: false }),
    400: notChanged,
    ...errors,
  },
}

export const listEntitiesSchema = {
  tags,
  security,
  operationId: 'listEntities',
  summary: 'List the entities of one kind',
  description: 'In the order of their ids, a page at a time.',
  params: ofKind,
  querystring: Type.Object(pageParameters(entityPages)),
  response: {
    200: shown(Type.Object({ items: Type.Array(entity), next }), 'A page.', { items: [entityExample], next: null }),
    ...errors,
  },
}

export const getEntitySchema = {
  tags,
  security,
  operationId: 'getEntity',
  summary: 'Get one entity',
  description: 'As in the file, and beside it what is known of it: seats taken, uses counted.',
  params: ofEntity,
  response: { 200: shown(entity, 'The entity.', entityExample), ...errors },
}

export const putEntitySchema = {
  tags,
  security,
  operationId: 'putEntity',
  summary: 'Add or change one entity',
  description: 'Makes it exactly what is sent: what is left out gets its default, except secrets, which stay.',
  params: ofEntity,
  body: shown(entity, 'The entity as in a catalogue file.', entityExample),
  response: { 200: shown(entity, 'As it is stored.', entityExample), 400: notChanged, ...errors },
}

export const deleteEntitySchema = {
  tags,
  security,
  operationId: 'deleteEntity',
  summary: 'Remove one entity',
  description: 'Refused while something still needs it.',
  params: ofEntity,
  response: { 204: Type.Null({ description: 'It is gone.' }), 409: inUse, ...errors },
}
