// Which tools a connection has: one for each operation of an entity type, and one for each action, with a name that every
// client takes and what a call of it may do. Pure; it knows what a connector offers, and nothing of who calls.
import { createHash } from 'node:crypto';
import type { ToolEffect } from '../api/tools.ts';
import type { ActionType, Catalog, EntityOperation, EntityType } from '../spi/catalog.ts';
import { spaced } from './spelling.ts';

/** What a tool is a tool of. */
export type Subject =
  | { readonly kind: 'entity'; readonly entity: EntityType; readonly operation: EntityOperation }
  | { readonly kind: 'action'; readonly action: ActionType };

export interface ToolModel {
  /** At most 64 letters, digits, `_` and `-`; no two of a connection are called alike. */
  readonly name: string;
  readonly title: string;
  readonly effect: ToolEffect;
  readonly subject: Subject;
}

/** The hints of the Model Context Protocol. */
export interface Annotations {
  readonly title: string;
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

interface OperationFacts {
  readonly verb: string;
  readonly effect: ToolEffect;
  /** It overwrites or takes away. */
  readonly destructive: boolean;
  /** The same call again changes nothing more. */
  readonly idempotent: boolean;
}

export const OPERATION_FACTS: Readonly<Record<EntityOperation, OperationFacts>> = {
  LIST: { verb: 'list', effect: 'read', destructive: false, idempotent: true },
  GET: { verb: 'get', effect: 'read', destructive: false, idempotent: true },
  CREATE: { verb: 'create', effect: 'write', destructive: false, idempotent: false },
  UPDATE: { verb: 'update', effect: 'write', destructive: true, idempotent: true },
  DELETE: { verb: 'delete', effect: 'destroy', destructive: true, idempotent: true },
};

const known = new WeakMap<Pick<Catalog, 'entities' | 'actions'>, readonly ToolModel[]>();

/** The tools of what a connector offers: made once for each catalogue. */
export function toolsOf(catalog: Pick<Catalog, 'entities' | 'actions'>): readonly ToolModel[] {
  const made = known.get(catalog) ?? makeTools(catalog);
  known.set(catalog, made);
  return made;
}

function makeTools({ entities, actions }: Pick<Catalog, 'entities' | 'actions'>): readonly ToolModel[] {
  const taken = new Set<string>();
  const name = (wanted: string): string => {
    const fitting = toolName(wanted);
    // An action may be called as a tool of an entity type is.
    const own = taken.has(fitting) ? marked(wanted, 'action') : fitting;
    taken.add(own);
    return own;
  };
  const ofEntities = entities.flatMap((entity) => entity.operations.map((operation): ToolModel => {
    const { verb, effect } = OPERATION_FACTS[operation];
    return { name: name(`${verb}_${entity.name}`), title: `${spaced(entity.name)}: ${verb}`, effect, subject: { kind: 'entity', entity, operation } };
  }));
  const ofActions = actions.map((action): ToolModel => ({ name: name(action.name), title: spaced(action.name), effect: effectOf(action), subject: { kind: 'action', action } }));
  return [...ofEntities, ...ofActions];
}

/** What a run of an action does to what is there. */
export function effectOf({ readOnly, destructive }: Pick<ActionType, 'readOnly' | 'destructive'>): ToolEffect {
  if (readOnly === true) return 'read';
  return destructive === true ? 'destroy' : 'write';
}

export function annotationsOf({ title, effect, subject }: ToolModel): Annotations {
  const reads = effect === 'read';
  // What an action does to what is there, nobody knows but its source: it is never promised to be harmless.
  const { destructive, idempotent } = subject.kind === 'entity' ? OPERATION_FACTS[subject.operation] : { destructive: !reads, idempotent: reads };
  return { title, readOnlyHint: reads, destructiveHint: destructive, idempotentHint: idempotent, openWorldHint: true };
}

const LONGEST = 64;
const MARK = 8;

/** The name itself where it fits; else what fits of it, with a mark that tells it from every other. */
export function toolName(wanted: string): string {
  return /^[A-Za-z0-9_-]+$/.test(wanted) && wanted.length <= LONGEST ? wanted : marked(wanted);
}

function marked(wanted: string, kind = ''): string {
  const mark = createHash('sha256').update(`${kind} ${wanted}`).digest('hex').slice(0, MARK);
  return `${wanted.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST - MARK - 1)}_${mark}`;
}
