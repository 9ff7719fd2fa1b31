// What a task does, as the address says it: an entity type and an operation, or an action. The address can be sent to others and
// gone back to. What is read comes along behind its #, which browsers send to no server, since a filter may name a person:
// no log and no proxy gets to know it. What is written is never in the address.
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { EntityOperation } from '../api/schema.ts';
import { NO_INPUTS, type TaskInputs } from './inputs.ts';

export type Choice =
  | { readonly kind: 'entity'; readonly entity: string; readonly operation: EntityOperation }
  | { readonly kind: 'action'; readonly action: string };

export const OPERATIONS: readonly EntityOperation[] = ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'];

/** What a link brings along besides its address: kept by the history of this tab alone. */
export interface BroughtAlong {
  readonly inputs?: Partial<TaskInputs>;
  /** Tells two links to the same task apart. */
  readonly at?: number;
  /** What the task was known by before its address said more of it. */
  readonly key?: string;
}

export interface TaskAddress {
  readonly choice: Choice | undefined;
  /** What the address and the link fill in. */
  readonly given: Partial<TaskInputs>;
  /** Changes where another task is meant, and not where the one that is shown is described better. */
  readonly key: string;
  readonly choose: (choice: Choice, inputs?: Partial<TaskInputs>) => void;
  /** Makes the address say what was run. */
  readonly describe: (inputs: TaskInputs) => void;
}

export function useTaskAddress(): TaskAddress {
  const [search] = useSearchParams();
  const { hash, state } = useLocation();
  const navigate = useNavigate();
  const choice = useMemo(() => read(search), [search]);
  const brought = useMemo(() => broughtOf(state), [state]);
  const entityId = search.get('entityId');
  const given = useMemo(() => ({ ...(entityId === null ? {} : { entityId }), ...fromHash(hash), ...brought.inputs }), [entityId, hash, brought]);
  const choose = useCallback((chosen: Choice, inputs: Partial<TaskInputs> = {}): void => {
    void navigate({ search: choiceText(chosen).toString(), hash: toHash({ ...NO_INPUTS, ...inputs }) }, { state: { inputs, at: Date.now() } satisfies BroughtAlong });
  }, [navigate]);
  const key = brought.key ?? JSON.stringify([choice, brought.at ?? entityId]);
  const describe = useCallback((inputs: TaskInputs): void => {
    if (choice === undefined) return;
    const id = choice.kind === 'entity' && choice.operation === 'GET' && inputs.entityId !== '' ? inputs.entityId : undefined;
    void navigate({ search: choiceText(choice, id).toString(), hash: toHash(inputs) }, { replace: true, state: { ...brought, inputs, key } satisfies BroughtAlong });
  }, [navigate, choice, brought, key]);
  return { choice, given, key, choose, describe };
}

function read(search: URLSearchParams): Choice | undefined {
  const [action, entity] = [search.get('action'), search.get('entity')];
  if (action !== null) return { kind: 'action', action };
  const operation = OPERATIONS.find((one) => one === search.get('operation')) ?? 'LIST';
  return entity === null ? undefined : { kind: 'entity', entity, operation };
}

export function choiceText(choice: Choice, entityId?: string): URLSearchParams {
  const parameters = choice.kind === 'action' ? { action: choice.action } : { entity: choice.entity, operation: choice.operation };
  return new URLSearchParams({ ...parameters, ...(entityId === undefined ? {} : { entityId }) });
}

function toHash({ filter, pageSize, sortBy, isDescending }: TaskInputs): string {
  const said = new URLSearchParams({
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }), ...(pageSize === NO_INPUTS.pageSize ? {} : { pageSize: String(pageSize) }),
    ...(sortBy === '' ? {} : { sortBy, ...(isDescending ? { order: 'desc' } : {}) }),
  }).toString();
  return said === '' ? '' : `#${said}`;
}

function fromHash(hash: string): Partial<TaskInputs> {
  const said = new URLSearchParams(hash.slice(1));
  const [filter, pageSize, sortBy] = [said.get('filter'), Number(said.get('pageSize')), said.get('sortBy')];
  return {
    ...(filter === null ? {} : { filter }), ...(Number.isInteger(pageSize) && pageSize > 0 && pageSize <= 200 ? { pageSize } : {}),
    ...(sortBy === null ? {} : { sortBy, isDescending: said.get('order') === 'desc' }),
  };
}

function broughtOf(state: unknown): BroughtAlong {
  return typeof state === 'object' && state !== null ? state : {};
}
