import { Type } from 'typebox'
import { catalogueKinds } from '../../../domain/catalogue/model/kinds.ts'
import { entityPages } from './paging.ts'
import { described, error, errors, next, ofOrganization, pageParameters, security, tags, uuid } from './schemas.ts'

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
const notChanged = described(error, 'Nothing was changed: message.problems lists what is wrong, each with its path.')
const inUse = described(error, 'Something still needs it: the message says what.')

export const readCatalogueSchema = {
  tags,
  security,
  summary: 'The whole catalogue, as a file that can be imported',
  params: ofOrganization,
  response: {
    200: Type.Unknown({ description: 'The catalogue file, without secrets.' }),
    409: described(error, 'Too large for one answer: read it by kind.'),
    ...errors,
  },
}

export const importSchema = {
  tags,
  security,
  summary: 'Import a catalogue: all of it or nothing',
  params: ofOrganization,
  body: Type.Unknown({ description: 'The catalogue file, see docs/protocols/salescloud-catalogue.md.' }),
  response: {
    200: Type.Unknown({ description: 'How many of each were written.' }),
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

export const readOrganizationSchema = {
  tags,
  security,
  summary: 'The organization itself',
  params: ofOrganization,
  response: { 200: organization, ...errors },
}

export const putOrganizationSchema = {
  tags,
  security,
  summary: 'Change title, time zone, and whether the organization sells',
  params: ofOrganization,
  body: Type.Partial(organization),
  response: { 200: organization, 400: notChanged, ...errors },
}

export const listEntitiesSchema = {
  tags,
  security,
  summary: 'Entities of one kind, in the order of their ids',
  params: ofKind,
  querystring: Type.Object(pageParameters(entityPages)),
  response: { 200: Type.Object({ items: Type.Array(entity), next }), ...errors },
}

export const getEntitySchema = {
  tags,
  security,
  summary: 'One entity of the catalogue',
  params: ofEntity,
  response: { 200: entity, ...errors },
}

export const putEntitySchema = {
  tags,
  security,
  summary: 'Add or change one entity of the catalogue',
  params: ofEntity,
  body: entity,
  response: { 200: entity, 400: notChanged, ...errors },
}

export const deleteEntitySchema = {
  tags,
  security,
  summary: 'Remove one entity of the catalogue that nothing needs',
  params: ofEntity,
  response: { 204: Type.Null({ description: 'It is gone.' }), 409: inUse, ...errors },
}
