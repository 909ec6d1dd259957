import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import { catalogueBodyLimit, getCatalogue, getOrganization, putCatalogue, putOrganization } from './catalogue.ts'
import * as schemas from './catalogue-schemas.ts'
import { deleteThing, getThing, listThings, putThing, thingBodyLimit } from './things.ts'

/** The catalogue as a whole, the organization itself, and each thing by itself. */
export function registerCatalogueRoutes(scope: FastifyInstance, app: App, root: string): void {
  const file = { schema: schemas.importSchema, bodyLimit: catalogueBodyLimit }
  scope.get(root, { schema: schemas.readCatalogueSchema }, getCatalogue(app))
  scope.put(root, file, putCatalogue(app))
  scope.get(`${root}/organization`, { schema: schemas.readOrganizationSchema }, getOrganization(app))
  scope.put(`${root}/organization`, { schema: schemas.putOrganizationSchema }, putOrganization(app))
  const thing = `${root}/:kind/:id`
  scope.get(`${root}/:kind`, { schema: schemas.listThingsSchema }, listThings(app))
  scope.get(thing, { schema: schemas.getThingSchema }, getThing(app))
  scope.put(thing, { schema: schemas.putThingSchema, bodyLimit: thingBodyLimit }, putThing(app))
  scope.delete(thing, { schema: schemas.deleteThingSchema }, deleteThing(app))
}
