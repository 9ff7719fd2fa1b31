// What a caller sends to be written, read by the entity type: spellings resolved, every fault listed at once.
import { findColumn, nearestColumn } from '../../filter/column.ts';
import { comparableOf } from '../../filter/comparable.ts';
import type { FieldViolation } from '../../errors/status-error.ts';
import type { EntityType, Field } from '../../spi/catalog.ts';
import type { Row } from '../../spi/connector.ts';
import { refuseFaults } from './errors.ts';

/** The columns to write, under their own names. A column given twice must be given with the same value. */
export function readPayload(type: EntityType, payload: Row, purpose: 'CREATE' | 'UPDATE'): Row {
  const values: Record<string, unknown> = {};
  const unknown: FieldViolation[] = [];
  const invalid: FieldViolation[] = [];
  for (const [spelling, value] of Object.entries(payload)) {
    const column = findColumn(type, spelling);
    if (column === undefined || column.pseudo) {
      const nearest = nearestColumn(type, spelling);
      unknown.push({ field: spelling, description: `is no column of ${type.name}${nearest === undefined ? '' : `; did you mean ${nearest}?`}` });
      continue;
    }
    const description = faultOf(column.field, value, purpose) ?? (differs(values, column.name, value) ? 'is given twice with different values' : undefined);
    if (description === undefined) values[column.name] = value;
    else invalid.push({ field: spelling, description });
  }
  if (purpose === 'CREATE') {
    for (const { name, nullable, writable } of type.fields) {
      const isNeeded = !nullable && name !== type.key && writable.includes('CREATE');
      if (isNeeded && values[name] === undefined && !invalid.some(({ field }) => field === name)) invalid.push({ field: name, description: 'is needed' });
    }
  }
  refuseFaults(unknown, invalid);
  return values;
}

function differs(values: Row, name: string, value: unknown): boolean {
  return Object.hasOwn(values, name) && JSON.stringify(values[name]) !== JSON.stringify(value);
}

function faultOf(field: Field, value: unknown, purpose: 'CREATE' | 'UPDATE'): string | undefined {
  if (!field.writable.includes(purpose)) return purpose === 'CREATE' ? 'cannot be given' : 'cannot be changed';
  if (value === null) return field.nullable ? undefined : 'cannot be null';
  return holds(field, value) ? undefined : `${JSON.stringify(value)} is not of type ${field.type}`;
}

function holds({ type }: Field, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'decimal':
    case 'timestamp':
      return comparableOf(type, value) !== null;
    case 'json':
      return value !== undefined;
  }
}
