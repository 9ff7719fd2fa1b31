// What audit needs of a store.
import type { AuditEntry, AuditRecord } from './model.ts';

/** Columns that a store can compare by itself. */
export type AuditColumn = 'time' | 'principal' | 'operation' | 'method' | 'kind' | 'resource' | 'code' | 'reason' | 'requestId' | 'address';

export interface AuditCondition {
  readonly column: AuditColumn;
  /** `prefix` holds where the column begins with the value. */
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'prefix';
  /** Of `time`: RFC 3339. */
  readonly value: string;
}

export interface AuditQuery {
  /** Absent for every project and the installation itself. */
  readonly project?: string;
  /** All of them hold. */
  readonly conditions: readonly AuditCondition[];
  readonly order: 'newest first' | 'oldest first';
  /** Entries beyond this sequence, in the order asked for. */
  readonly after?: number;
  readonly size: number;
}

export interface AuditRepository {
  /** Appends records, all of them or none. */
  append(records: readonly AuditRecord[]): Promise<void>;
  query(query: AuditQuery): Promise<readonly AuditEntry[]>;
}
