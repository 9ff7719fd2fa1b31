// Filter as written → filter of an entity type: canonical column names, values by the types of their columns. Pure; it knows
// entity types as data and none by name.
import { StatusError, type FieldViolation } from '../errors/status-error.ts';
import type { Reason } from '../errors/reasons.ts';
import type { EntityType } from '../spi/catalog.ts';
import type { Filter, Scalar } from '../spi/filter.ts';
import { findColumn, nearestColumn, type Column } from './column.ts';
import { conjuncts, type Condition } from './conjuncts.ts';
import { keyValues } from './key-values.ts';
import { readAmount, readLiteral } from './literal.ts';
import { positionOf } from './parse.ts';

interface Fault extends FieldViolation {
  readonly reason: Reason;
}

/**
 * Reads a parsed filter by the columns of an entity type.
 * @throws StatusError INVALID_ARGUMENT with every fault at once; its reason is UNKNOWN_FIELD, else INVALID_FIELD (a value
 * that its column cannot hold), else REQUIRED_FILTER.
 */
export function checkFilter(filter: Filter, entity: EntityType): Filter {
  const check = new Check(entity);
  const checked = check.conjunct(filter);
  check.required(checked);
  const [fault] = (['UNKNOWN_FIELD', 'INVALID_FIELD', 'REQUIRED_FILTER'] as const).filter((reason) =>
    check.faults.some((one) => one.reason === reason));
  if (fault === undefined) return checked;
  const violations = check.faults.map(({ field, description }) => ({ field, description }));
  throw new StatusError('INVALID_ARGUMENT', fault, { message: violations.map(({ description }) => description).join('; '), violations });
}

/**
 * Finds the column that a caller named.
 * @throws StatusError INVALID_ARGUMENT, reason UNKNOWN_FIELD, with the column that was probably meant.
 */
export function requireColumn(entity: EntityType, spelling: string): Column {
  const column = findColumn(entity, spelling);
  if (column !== undefined) return column;
  const description = unknownColumn(entity, spelling);
  throw new StatusError('INVALID_ARGUMENT', 'UNKNOWN_FIELD', { message: description, violations: [{ field: spelling, description }] });
}

function unknownColumn(entity: EntityType, spelling: string): string {
  const nearest = nearestColumn(entity, spelling);
  return `${entity.name} has no column ${spelling.slice(0, 100)}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

class Check {
  readonly faults: Fault[] = [];
  private readonly entity: EntityType;
  private readonly settled = new Map<string, Scalar>();

  constructor(entity: EntityType) {
    this.entity = entity;
  }

  /** A condition that must be true of every row: only here may a pseudo-column stand, and only with "=". */
  conjunct(filter: Filter): Filter {
    if (filter.kind === 'and') return { kind: 'and', filters: filter.filters.map((part) => this.conjunct(part)) };
    const column = filter.kind === 'compare' && filter.operator === '=' ? findColumn(this.entity, filter.field) : undefined;
    if (filter.kind !== 'compare' || column?.pseudo !== true) return this.anywhere(filter);
    return this.pseudo(column, { ...filter, field: column.name, value: this.value(filter, column, filter.value) }, positionOf(filter));
  }

  required(filter: Filter): void {
    const missing = this.entity.listRequires.filter((name) => !conjuncts(filter).some((part) =>
      part.kind === 'compare' && part.operator === '=' && part.field === name && part.value !== null));
    if (missing.length === 0 || keyValues(filter, this.entity) !== undefined) return;
    for (const field of missing) this.fault('REQUIRED_FILTER', field, `List ${this.entity.name} needs ${field} = '…'`);
  }

  private pseudo(column: Column, condition: Extract<Condition, { readonly kind: 'compare' }>, position: number | undefined): Filter {
    const { value } = condition;
    const before = this.settled.get(column.name);
    if (value === null) this.fault('INVALID_FIELD', column.name, `${column.name} cannot be NULL`, position);
    else if (before !== undefined && before !== value) this.fault('INVALID_FIELD', column.name, `${column.name} can have one value only`, position);
    this.settled.set(column.name, value);
    return condition;
  }

  private anywhere(filter: Filter): Filter {
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { kind: filter.kind, filters: filter.filters.map((part) => this.anywhere(part)) };
      case 'not':
        return { kind: 'not', filter: this.anywhere(filter.filter) };
      case 'compare':
      case 'in':
      case 'like':
      case 'isNull':
        return this.condition(filter);
    }
  }

  private condition(filter: Condition): Filter {
    const { field: spelling } = filter;
    const column = findColumn(this.entity, spelling);
    if (column === undefined) {
      this.fault('UNKNOWN_FIELD', spelling, unknownColumn(this.entity, spelling), positionOf(filter));
      return filter;
    }
    if (column.pseudo) this.fault('INVALID_FIELD', spelling, `${column.name} stands in a filter as ${column.name} = '…' AND … only`, positionOf(filter));
    const field = column.name;
    if (filter.kind === 'compare') return { ...filter, field, value: this.value(filter, column, filter.value) };
    if (filter.kind !== 'in') return { ...filter, field };
    const values = filter.values.map((value) => this.value(filter, column, value));
    const [only] = values;
    return values.length === 1 && only !== undefined ? { kind: 'compare', field, operator: '=', value: only } : { kind: 'in', field, values };
  }

  private value(condition: Condition, column: Column, literal: Scalar): Scalar {
    const reading = column.field.unit === 'minor-currency-unit' ? readAmount(column.type, literal) : readLiteral(column.type, literal);
    if ('value' in reading) return reading.value;
    this.fault('INVALID_FIELD', condition.field, `${column.name}: ${reading.fault}`, positionOf(condition));
    return literal;
  }

  private fault(reason: Reason, field: string, fault: string, position?: number): void {
    const description = position === undefined ? fault : `${fault} (position ${position})`;
    this.faults.push({ reason, field: field.slice(0, 200), description });
  }
}
