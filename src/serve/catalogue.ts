// Composes what the management API tells of connectors, schemas, locations and settings.
import { catalogueHandlers } from '../api-handlers/catalogue.ts';
import { schemaHandlers, type SchemaParts } from '../api-handlers/schema-metadata.ts';
import { settingsHandlers } from '../api-handlers/settings-resources.ts';
import type { Locations } from '../connections/locations.ts';
import { createSettingsService, type SettingsServiceParts } from '../connections/settings.ts';
import type { RegisteredConnector } from '../connectors/registry.ts';
import type { Database } from '../storage/database.ts';
import type { OperationJobs } from '../storage/queue.ts';
import { createSchemaRefreshRepository, createSettingsRepository } from '../storage/settings-repository.ts';

export interface CatalogueParts extends Omit<SchemaParts, 'refreshes'> {
  readonly database: Database;
  readonly jobs: OperationJobs;
  readonly locations: Locations;
  readonly connectors: readonly RegisteredConnector[];
  readonly requireProject: SettingsServiceParts['requireProject'];
  readonly publicHost: string | undefined;
}

export function composeCatalogue({ database, jobs, locations, connectors, requireProject, publicHost, opener, find, now }: CatalogueParts) {
  const published = connectors.map(({ connector, ...rest }) => ({ ...rest, manifest: connector.manifest }));
  const settings = createSettingsService({ repository: createSettingsRepository(database.db, jobs), locations, requireProject, now });
  return {
    ...catalogueHandlers(locations, published),
    ...schemaHandlers({ opener, find, refreshes: createSchemaRefreshRepository(database.db, jobs), now }),
    ...settingsHandlers(settings, locations, publicHost),
  };
}
