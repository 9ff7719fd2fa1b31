// What a connector offers, said as data: entity types with their fields and operations, and actions with inputs and outputs.
import type { Comparison } from './filter.ts';

export type FieldType = 'string' | 'integer' | 'decimal' | 'boolean' | 'timestamp' | 'json';

export type EntityOperation = 'LIST' | 'GET' | 'CREATE' | 'UPDATE' | 'DELETE';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly description: string;
  readonly writable: readonly ('CREATE' | 'UPDATE')[];
  /** The entity type an id in this field points to. */
  readonly references?: string;
  /** Other spellings that callers may use for this field; they are accepted and never listed. */
  readonly aliases?: readonly string[];
  readonly enum?: readonly string[];
  /** JSON Schema of a deep input, for forms and tools. */
  readonly schema?: object;
  /** The source refuses a row that is created without it. */
  readonly required?: boolean;
  /** It counts the smallest unit of a currency: 1000 is $10.00 or ¥1000. */
  readonly unit?: 'minor-currency-unit';
  /** What the source can filter by itself: shown to people, and named by the hint of SCAN_LIMIT. */
  readonly filters?: readonly Comparison[];
}

export interface EntityType {
  readonly name: string;
  readonly description: string;
  /** Other names that callers may use for this entity type; they are accepted and never listed. */
  readonly aliases?: readonly string[];
  /** The field whose value identifies a row; absent for entities without an id. */
  readonly key?: string;
  readonly fields: readonly Field[];
  readonly operations: readonly EntityOperation[];
  /** A CREATE answers the whole row: it shows what nothing shows later (a secret given once). */
  readonly showsOnCreate?: boolean;
  /** Fields that a LIST filter must fix with `=` (SubscriptionItem: Subscription). */
  readonly listRequires: readonly string[];
  /** Fields that a filter may name although no row shows them (AccountId). */
  readonly pseudoFields?: readonly Field[];
  /** Fields under which any key is a field of its own (`Metadata.order_id`). */
  readonly maps?: readonly string[];
}

export interface ActionInput extends Field {
  readonly required: boolean;
}

export interface ActionType {
  readonly name: string;
  readonly description: string;
  /** It changes nothing in the source. */
  readonly readOnly?: boolean;
  /** It ends or takes away something that no other call brings back: a cancellation, a deletion. */
  readonly destructive?: boolean;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly Field[];
}

export interface Catalog {
  readonly entities: readonly EntityType[];
  readonly actions: readonly ActionType[];
}
