// The documents that a connection offers to models: how it is, and what each of its entity types and actions is. Pure; who reads
// one calls the row that tells it.
import type { Catalog } from '../spi/catalog.ts';
import { shortened } from './spelling.ts';

export type ResourceSubject =
  | { readonly kind: 'status' }
  | { readonly kind: 'entityType' | 'action'; readonly name: string };

export interface ResourceModel {
  /** One segment of a path: `entityTypes.Customer`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const LONGEST = 200;

export function resourcesOf({ entities, actions }: Pick<Catalog, 'entities' | 'actions'>): readonly ResourceModel[] {
  return [
    { id: 'status', name: 'status', description: 'Whether the connection works, asked live.' },
    ...entities.map(({ name, description }) => ({ id: `entityTypes.${name}`, name, description: `Columns and operations of ${name}. ${shortened(description, LONGEST)}` })),
    ...actions.map(({ name, description }) => ({ id: `actions.${name}`, name, description: `Inputs and results of ${name}. ${shortened(description, LONGEST)}` })),
  ];
}

/** @returns undefined for an id that no connection has. */
export function resourceSubject(id: string): ResourceSubject | undefined {
  if (id === 'status') return { kind: 'status' };
  const [, collection, name = ''] = /^(entityTypes|actions)\.(.+)$/.exec(id) ?? [];
  if (collection === undefined) return undefined;
  return { kind: collection === 'actions' ? 'action' : 'entityType', name };
}
