import type { FastifyInstance } from 'fastify'
import type { App } from '../../../app/app.ts'
import {
  admitFiles,
  catalogueBodyLimit,
  getCatalogue,
  getOrganization,
  putCatalogue,
  putOrganization,
} from './catalogue.ts'
import * as schemas from './catalogue-schemas.ts'
import { deleteEntity, entityBodyLimit, getEntity, listEntities, putEntity } from './entities.ts'

/** The catalogue as a whole, the organization itself, and each entity by itself. */
export function registerCatalogueRoutes(scope: FastifyInstance, app: App, root: string): void {
  const file = { schema: schemas.importSchema, bodyLimit: catalogueBodyLimit, onRequest: admitFiles() }
  scope.get(root, { schema: schemas.readCatalogueSchema }, getCatalogue(app))
  scope.put(root, file, putCatalogue(app))
  scope.get(`${root}/organization`, { schema: schemas.readOrganizationSchema }, getOrganization(app))
  scope.put(`${root}/organization`, { schema: schemas.putOrganizationSchema }, putOrganization(app))
  const entity = `${root}/:kind/:id`
  scope.get(`${root}/:kind`, { schema: schemas.listEntitiesSchema }, listEntities(app))
  scope.get(entity, { schema: schemas.getEntitySchema }, getEntity(app))
  scope.put(entity, { schema: schemas.putEntitySchema, bodyLimit: entityBodyLimit }, putEntity(app))
  scope.delete(entity, { schema: schemas.deleteEntitySchema }, deleteEntity(app))
}
