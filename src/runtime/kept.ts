// Answers that the journal kept, read again.
import { StatusError } from '../errors/status-error.ts';
import type { Row } from '../spi/connector.ts';

/** What a write answers: the id, and the columns to show. */
export interface WriteOutput {
  readonly entity: string;
  readonly id: unknown;
  readonly row: Row;
}

export function readWriteOutput(kept: unknown): WriteOutput {
  if (isRow(kept) && typeof kept['entity'] === 'string' && isRow(kept['row'])) return { entity: kept['entity'], id: kept['id'], row: kept['row'] };
  throw damaged();
}

export function readRows(kept: unknown): readonly Row[] {
  if (Array.isArray(kept) && kept.every(isRow)) return kept;
  throw damaged();
}

/** Of a delete, which answers nothing. */
export function readNothing(): void {
  // Whatever was kept.
}

export function readCount(kept: unknown): number {
  if (typeof kept === 'number') return kept;
  throw damaged();
}

/** The ids that a write by a filter resolved; undefined where it has not come so far. */
export function readPlan(kept: unknown): readonly string[] | undefined {
  if (kept === undefined) return undefined;
  if (Array.isArray(kept) && kept.every((id) => typeof id === 'string')) return kept;
  throw damaged();
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(): StatusError {
  return new StatusError('DATA_LOSS', 'INTERNAL', { message: 'The answer that the journal kept has another form than this write gives.' });
}
