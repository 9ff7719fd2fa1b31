// What is known of the columns of an output. Rows of an entity type have its columns; the answer of an action names the kind of object
// that it shows, by the source's own name, and its keys are the columns of that entity type in the source's spelling.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { entityNamesQuery, entityTypeQuery, type Field } from '../api/schema.ts';
import type { Choice } from './choice.ts';
import type { OutputRow } from './run-task.ts';

export interface OutputFields {
  /** The entity type whose rows these are; undefined where it is none. */
  readonly entity: string | undefined;
  readonly of: (column: string) => Field | undefined;
}

export function useOutputFields(connection: string, choice: Choice, fields: readonly Field[], rows: readonly OutputRow[]): OutputFields {
  const object = choice.kind === 'action' ? rows[0]?.['object'] : undefined;
  const shown = typeof object === 'string' ? pascal(object) : undefined;
  const names = useQuery({ ...entityNamesQuery(connection), enabled: shown !== undefined });
  const entity = choice.kind === 'entity' ? choice.entity : names.data?.find((name) => name === shown);
  const type = useQuery({ ...entityTypeQuery(connection, entity ?? ''), enabled: choice.kind === 'action' && entity !== undefined });
  const known = choice.kind === 'entity' ? fields : type.data?.fields;
  return useMemo(() => {
    const byName = new Map((known ?? []).map((field) => [field.name, field]));
    return { entity, of: (column) => byName.get(column) ?? byName.get(pascal(column)) };
  }, [entity, known]);
}

/** `payment_method_options.card` → `PaymentMethodOptionsCard` */
function pascal(name: string): string {
  return name.split(/[._]/).map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`).join('');
}
