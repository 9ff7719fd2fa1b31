// Finding entity types and actions by the names callers use: the listed one, an alias, any case, with or without underscores.
import { didYouMean } from '../errors/nearest.ts';
import { StatusError } from '../errors/status-error.ts';
import type { ActionType, Catalog, EntityOperation, EntityType } from '../spi/catalog.ts';

export interface CatalogIndex {
  readonly entities: readonly EntityType[];
  readonly actions: readonly ActionType[];
  /** @throws StatusError NOT_FOUND */
  entity(name: string): EntityType;
  /** @throws StatusError NOT_FOUND for the entity type, UNIMPLEMENTED where it does not list the operation. */
  entityWith(name: string, operation: EntityOperation): EntityType;
  /** @throws StatusError NOT_FOUND */
  action(name: string): ActionType;
}

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '').replaceAll('.', '');
const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);

export function indexCatalog(catalog: Catalog): CatalogIndex {
  const entities = catalog.entities.toSorted(byName);
  const actions = catalog.actions.toSorted(byName);
  const listed = new Map(entities.map((one) => [one.name, one]));
  const entityNames = new Map<string, EntityType>();
  for (const entity of entities) for (const alias of entity.aliases ?? []) entityNames.set(plain(alias), entity);
  // Listed names come last, so that no alias of one hides the name of another.
  for (const entity of entities) entityNames.set(plain(entity.name), entity);
  const actionNames = new Map(actions.map((action) => [plain(action.name), action]));

  function entity(name: string): EntityType {
    const found = listed.get(name) ?? entityNames.get(plain(name));
    if (found !== undefined) return found;
    throw new StatusError('NOT_FOUND', 'ENTITY_TYPE_NOT_FOUND', { message: `There is no entity type '${name.slice(0, 100)}'${didYouMean(name, listed.keys()) || '.'}`, metadata: { entityType: name.slice(0, 100) } });
  }

  return {
    entities,
    actions,
    entity,
    entityWith(name, operation) {
      const found = entity(name);
      if (found.operations.includes(operation)) return found;
      throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', {
        message: `${found.name} has no ${operation}; it has ${found.operations.join(', ') || 'no operation'}.`,
        metadata: { entityType: found.name, operation },
      });
    },
    action(name) {
      const found = actionNames.get(plain(name));
      if (found !== undefined) return found;
      throw new StatusError('NOT_FOUND', 'ACTION_NOT_FOUND', { message: `There is no action '${name.slice(0, 100)}'${didYouMean(name, actions.map((one) => one.name)) || '.'}`, metadata: { action: name.slice(0, 100) } });
    },
  };
}
