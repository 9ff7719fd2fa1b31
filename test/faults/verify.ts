// The comparison: what callers were told, what the journal holds, and what the sandbox did. The sandbox's ledger is the witness.
import { sourceKey, writeId } from '../../src/writes/key.ts';
import type { WriteRecord } from './caller.ts';
import { writesOf } from './stories.ts';

export interface Effect {
  readonly idempotency_key: string | null;
  readonly method: string;
  readonly path: string;
  readonly created: readonly { readonly id: string }[];
  readonly changed: readonly { readonly id: string }[];
  readonly deleted: readonly { readonly id: string }[];
}

export interface Verdict {
  /** Effects that the ledger tells of, but for those of the preparation. */
  readonly effects: number;
  readonly missing: readonly string[];
  readonly twice: readonly string[];
  /** Effects that nobody was told of, or by nobody's key. */
  readonly unaccounted: readonly string[];
  readonly refused: readonly string[];
}

/** Keys that a source would be asked under again, where it kept failures. */
const MOST_GENERATIONS = 4;

/** Compares one connection's records with its ledger. @param prepared keys that the preparation used. */
export function verify(records: readonly WriteRecord[], effects: readonly Effect[], prepared: ReadonlySet<string>): Verdict {
  const byKey = Map.groupBy(effects.filter(({ idempotency_key: key }) => key !== null), ({ idempotency_key: key }) => key ?? '');
  const deletions = Map.groupBy(effects.filter(({ method }) => method === 'DELETE'), ({ path }) => path);
  const accounted = new Set<string>(prepared);
  const [missing, twice, refused]: [string[], string[], string[]] = [[], [], []];
  for (const record of records) {
    const name = `${record.request.kind} under ${record.key}`;
    if (record.ended === 'refused') refused.push(`${name}: ${record.why}`);
    for (const { keys, found, part } of partsOf(record, byKey, deletions)) {
      for (const key of keys) accounted.add(key);
      if (found.length > 1) twice.push(`${name}${part}: ${found.length} effects`);
      if (record.ended === 'done' && found.length === 0) missing.push(`${name}${part}: acknowledged, and not in the ledger`);
      const [effect] = found;
      if (record.ended === 'done' && effect !== undefined && record.id !== '' && !touches(effect, record.id)) missing.push(`${name}: acknowledged as ${record.id}, and the ledger has another`);
    }
  }
  const strange = effects.filter(({ idempotency_key: key, method }) => (key === null ? method !== 'DELETE' : !accounted.has(key)));
  return { effects: effects.length - prepared.size, missing, twice, refused, unaccounted: strange.map(({ method, path, idempotency_key: key }) => `${method} ${path} under ${String(key)}`) };
}

interface Part {
  readonly keys: readonly string[];
  readonly found: readonly Effect[];
  readonly part: string;
}

function partsOf({ key, connection, request }: WriteRecord, byKey: ReadonlyMap<string, readonly Effect[]>, deletions: ReadonlyMap<string, readonly Effect[]>): readonly Part[] {
  if (request.deletes !== undefined) return [{ keys: [], found: deletions.get(request.deletes) ?? [], part: '' }];
  return (request.rows ?? [undefined]).map((row) => {
    const id = writeId(connection, key, row);
    const keys = Array.from({ length: MOST_GENERATIONS }, (_, generation) => sourceKey(id, generation));
    return { keys, found: keys.flatMap((one) => byKey.get(one) ?? []), part: row === undefined ? '' : ` of ${row}` };
  });
}

function touches({ created, changed, deleted, path }: Effect, id: string): boolean {
  return path.includes(id) || [...created, ...changed, ...deleted].some((one) => one.id === id);
}

export function countWrites(records: readonly WriteRecord[]): number {
  return records.reduce((sum, { request }) => sum + writesOf(request), 0);
}
