// The rows of one entity type, kept in the order of their ids: what stands behind a connector is usually a server; here it is this.
import type { EntityType } from '../../spi/catalog.ts';
import type { Row } from '../../spi/connector.ts';

export interface IdRange {
  /** The first id, itself included. */
  readonly from?: string;
  /** The end, itself not included. */
  readonly until?: string;
}

/** Ids are compared by code unit. Rows of an entity type without a key get ids by arrival, which nobody sees. */
export class MemoryTable {
  readonly type: EntityType;
  private readonly rows = new Map<string, Row>();
  private ids: string[] = [];
  private drawn = 0;

  constructor(type: EntityType, rows: readonly Row[]) {
    this.type = type;
    for (const row of rows) this.put(this.idOf(row), row);
  }

  get size(): number {
    return this.ids.length;
  }

  find(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** Adds the row, or replaces the one that has this id. */
  put(id: string, row: Row): void {
    if (!this.rows.has(id)) this.ids.splice(this.firstAtOrAfter(id), 0, id);
    this.rows.set(id, row);
  }

  remove(id: string): boolean {
    if (!this.rows.delete(id)) return false;
    this.ids.splice(this.firstAtOrAfter(id), 1);
    return true;
  }

  /** An id that no row has. */
  newId(): string {
    const { name } = this.type;
    for (;;) {
      this.drawn += 1;
      const id = `${name.toLowerCase()}_${String(this.drawn).padStart(8, '0')}`;
      if (!this.rows.has(id)) return id;
    }
  }

  /** The ids behind the cursor, in order. The row of the cursor may be gone: its place in the order is enough. */
  idsAfter(cursor: string | undefined, direction: 'asc' | 'desc', range: IdRange): readonly string[] {
    let begin = range.from === undefined ? 0 : this.firstAtOrAfter(range.from);
    let end = range.until === undefined ? this.ids.length : this.firstAtOrAfter(range.until);
    if (cursor !== undefined && direction === 'desc') end = Math.min(end, this.firstAtOrAfter(cursor));
    if (cursor !== undefined && direction === 'asc') {
      const place = this.firstAtOrAfter(cursor);
      begin = Math.max(begin, this.ids[place] === cursor ? place + 1 : place);
    }
    const ids = this.ids.slice(begin, end);
    return direction === 'asc' ? ids : ids.toReversed();
  }

  private idOf(row: Row): string {
    const { key } = this.type;
    return key === undefined ? this.newId() : String(row[key]);
  }

  private firstAtOrAfter(id: string): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
