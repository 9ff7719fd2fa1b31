// What a task does, as the address says it: an entity type and an operation, or an action.
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { EntityOperation } from '../api/schema.ts';

export type Choice =
  | { readonly kind: 'entity'; readonly entity: string; readonly operation: EntityOperation }
  | { readonly kind: 'action'; readonly action: string };

export const OPERATIONS: readonly EntityOperation[] = ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'];

/** What the address chooses, and the id that it begins with: links to a row are such addresses. */
export function useChoice(): { readonly choice: Choice | undefined; readonly entityId: string; readonly choose: (choice: Choice) => void } {
  const [search, setSearch] = useSearchParams();
  const choice = useMemo(() => read(search), [search]);
  return { choice, entityId: search.get('entityId') ?? '', choose: (chosen) => setSearch(choiceText(chosen)) };
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
