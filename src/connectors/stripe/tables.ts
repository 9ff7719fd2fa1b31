// The generated tables, read on first use, with our overrides laid over them, and found by any spelling of a name. It says what
// Stripe has; what callers see is derived in `bindings.ts`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTION_OVERRIDES, ADDED_ACTIONS, ENTITY_OVERRIDES, type ActionOverride, type EntityOverride } from './overrides.ts';
import { fold, plural, snakeOfPascal } from './spelling.ts';
import type { ActionRow, EntityRow, Shape, ShapeTable } from './table.ts';

export interface Tables {
  readonly apiVersion: string;
  readonly entities: readonly EntityRow[];
  readonly actions: readonly ActionRow[];
  readonly shapes: ShapeTable;
}

let loaded: Tables | undefined;

/** The tables of the newest generated API version: parsed once, some 20 ms. */
export function tables(): Tables {
  loaded ??= load();
  return loaded;
}

function load(): Tables {
  const entities: readonly EntityRow[] = read('entities.generated.json');
  const actions: readonly ActionRow[] = read('actions.generated.json');
  const shapes: ShapeTable = read('shapes.generated.json');
  const { apiVersion }: { readonly apiVersion: string } = read('PROVENANCE.json');
  return { apiVersion, entities, actions: [...actions, ...ADDED_ACTIONS], shapes };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the generator's types are the parser here: the files are ours
function read<Table>(name: string): Table {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'tables', name), 'utf8'));
}

const NOTHING: Shape = {};

export function shapeNamed(name: string | undefined): Shape {
  return (name === undefined ? undefined : tables().shapes[name]) ?? NOTHING;
}

export function overrideOf(entity: EntityRow): EntityOverride {
  return ENTITY_OVERRIDES[entity.entity] ?? {};
}

export function overrideOfAction(action: ActionRow): ActionOverride {
  return ACTION_OVERRIDES[action.action] ?? {};
}

/** Other names of an entity that callers may use: plural, snake_case, and what CData's driver calls it. */
export function aliasesOf({ entity }: EntityRow): readonly string[] {
  const cdata = ENTITY_OVERRIDES[entity]?.aliases ?? [];
  return [...new Set([plural(entity), snakeOfPascal(entity), snakeOfPascal(plural(entity)), ...cdata])].filter((name) => name !== entity);
}

const index: { entities?: ReadonlyMap<string, EntityRow>; actions?: ReadonlyMap<string, ActionRow> } = {};

export function findEntity(name: string): EntityRow | undefined {
  index.entities ??= indexEntities();
  return index.entities.get(fold(name));
}

export function findAction(name: string): ActionRow | undefined {
  index.actions ??= new Map(tables().actions.map((action) => [fold(action.action), action]));
  return index.actions.get(fold(name));
}

/** Names come before aliases: none can hide an entity. */
function indexEntities(): ReadonlyMap<string, EntityRow> {
  const { entities } = tables();
  const found = new Map(entities.map((entity) => [fold(entity.entity), entity]));
  for (const entity of entities) {
    for (const alias of aliasesOf(entity)) if (!found.has(fold(alias))) found.set(fold(alias), entity);
  }
  return found;
}

const owners = new Map<string, string | undefined>();

/** The entity that an id of this `object` belongs to: the one read without a parent, where there are several. */
export function entityOfObject(object: string): string | undefined {
  if (owners.has(object)) return owners.get(object);
  const rows = tables().entities.filter((entity) => entity.object === object && !entity.singleton);
  const owner = (rows.find((entity) => entity.parents.length === 0 && entity.get !== undefined) ?? rows[0])?.entity;
  owners.set(object, owner);
  return owner;
}
