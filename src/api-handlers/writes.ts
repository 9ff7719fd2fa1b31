// What the rows of the journal of writes do. A filter's comparisons go to the store where the store can make them, and the whole
// filter is asked again of what comes back.
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { writeOperations } from '../api/writes.ts';
import type { Principal } from '../iam/principal.ts';
import { matches } from '../listing/evaluate.ts';
import type { Fields } from '../listing/field.ts';
import { conjuncts, parseFilter, type Filter } from '../listing/filter.ts';
import { parseOrder } from '../listing/order.ts';
import { readPage, writePageToken, type ListRequest, type ListSpec } from '../listing/page.ts';
import type { WriteReconciler } from '../runtime/reconcile.ts';
import { sealedName, WRITE_STATES, type WriteEntry, type WriteState } from '../writes/model.ts';
import type { Reconciled } from '../writes/reconcile.ts';
import type { WriteQuery, WriteRepository } from '../writes/repository.ts';
import { readCaller } from './execution.ts';

type WriteHandlers = Pick<ApiHandlers<Principal>, keyof typeof writeOperations>;

const FIELDS: Fields = {
  name: 'text', state: 'text', operation: 'text', target: 'text', entity: 'text', idempotencyKey: 'text', partOf: 'text', createTime: 'time', sendTime: 'time', settleTime: 'time',
  reconcileTime: 'time', attempts: 'number', 'error.code': 'text', 'error.reason': 'text',
};
const PAGED: Fields = { ...FIELDS, sequence: 'number' };
const SIZES = { usual: 100, most: 1_000 } as const;
/** The source is asked about so many at once. */
const RECONCILE_SIZES = { usual: 100, most: 500 } as const;
const CHUNK = 500;
const MOST_CHUNKS = 20;

export interface WriteHandlerParts {
  readonly repository: Pick<WriteRepository, 'list'>;
  readonly reconciler: WriteReconciler;
  /** @throws StatusError NOT_FOUND for a connection that is not there. */
  readonly requireConnection: (name: string) => Promise<void>;
}

export function writeHandlers({ repository, reconciler, requireConnection }: WriteHandlerParts): WriteHandlers {
  return {
    'writes.list': async (_call, { path: { connection }, query }) => {
      await requireConnection(connection);
      const spec = specOf(connection, 'desc', SIZES);
      const { size, after } = readPage(query, spec, parseOrder(spec.order, PAGED, 'sequence'));
      const filter = parseFilter(query.filter ?? '', FIELDS);
      const keeps = (entry: WriteEntry): boolean => filter === undefined || matches(filter, shown(entry));
      const { entries, next } = await pageOf(repository, { ...searchOf(connection, filter), order: 'newest first' }, keeps, size, sequenceIn(after));
      return { writes: entries.map(shown), ...tokenOf(query, spec, next) };
    },

    'writes.get': async (_call, { path }) => shown(await reconciler.get(path.connection, path.write)),

    'writes.reconcile': async (call, { path: { connection, write }, body }) => {
      await requireConnection(connection);
      const { as } = body;
      return shownResult(await (as === undefined ? reconciler.reconcile(connection, readCaller(call, undefined), write) : reconciler.settleAs(connection, write, as, call.principal.id)));
    },

    'writes.reconcileAll': async (call, { path: { connection }, body }) => {
      await requireConnection(connection);
      const spec = specOf(connection, 'asc', RECONCILE_SIZES);
      const { size, after } = readPage(body, spec, parseOrder(spec.order, PAGED, 'sequence'));
      const sequence = sequenceIn(after);
      const { reconciled, next } = await reconciler.reconcileAll(connection, readCaller(call, undefined), { size, ...(sequence === undefined ? {} : { after: sequence }) });
      return { results: reconciled.map(shownResult), ...tokenOf(body, spec, next) };
    },
  };
}

function specOf(connection: string, direction: 'asc' | 'desc', sizes: ListSpec['sizes']): ListSpec & { readonly order: string } {
  return { list: `${connection}/writes ${direction}`, fields: PAGED, unique: 'sequence', order: `sequence ${direction}`, sizes };
}

function sequenceIn([sequence]: readonly unknown[] = []): number | undefined {
  return typeof sequence === 'number' ? sequence : undefined;
}

function tokenOf(request: ListRequest, spec: ListSpec, next: number | undefined): { readonly nextPageToken?: string } {
  return next === undefined ? {} : { nextPageToken: writePageToken(request, spec, [next]) };
}

async function pageOf(repository: Pick<WriteRepository, 'list'>, search: Omit<WriteQuery, 'size'>, keeps: (entry: WriteEntry) => boolean, size: number, after: number | undefined): Promise<{ readonly entries: readonly WriteEntry[]; readonly next?: number }> {
  const entries: WriteEntry[] = [];
  let last = after;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
    const found = await repository.list({ ...search, size: CHUNK, ...(last === undefined ? {} : { after: last }) });
    for (const entry of found) {
      if (entries.length === size) return { entries, next: last ?? 0 };
      last = entry.sequence;
      if (keeps(entry)) entries.push(entry);
    }
    if (found.length < CHUNK) return { entries };
  }
  return { entries, next: last ?? 0 };
}

/** What the store can compare: it may let more pass than the filter does, never less. */
function searchOf(connection: string, filter: Filter | undefined): Pick<WriteQuery, 'connection' | 'states' | 'callerKey' | 'names'> {
  const equals = (name: string): string | undefined => {
    for (const part of conjuncts(filter)) {
      if (part.is === 'restriction' && part.comparator === '=' && part.path.join('.') === name && part.value !== '' && !part.value.includes('*')) return part.value;
    }
    return undefined;
  };
  const [state, callerKey, target] = [equals('state'), equals('idempotencyKey'), equals('target')];
  return {
    connection, ...(state !== undefined && isState(state) ? { states: [state] } : {}), ...(callerKey === undefined ? {} : { callerKey }), ...(target === undefined ? {} : { names: [target] }),
  };
}

const isState = (text: string): text is WriteState => WRITE_STATES.some((state) => state === text);

function shown(entry: WriteEntry): Answer<'writes.get'> {
  const { state, kind, name, row, callerKey, parent, attempt, createTime, lastSendTime, settleTime, reconcileTime, code, reason, note, finding } = entry;
  return {
    name: sealedName(entry), state, operation: kind, target: name, ...(row === '' ? {} : { entity: row }), idempotencyKey: callerKey, ...(parent === '' ? {} : { partOf: sealedName({ ...entry, id: parent }) }),
    attempts: attempt, createTime: createTime.toISOString(), sendTime: lastSendTime.toISOString(),
    ...(settleTime === undefined ? {} : { settleTime: settleTime.toISOString() }), ...(reconcileTime === undefined ? {} : { reconcileTime: reconcileTime.toISOString() }),
    ...(code === '' ? {} : { error: { code, reason } }), ...(note === '' ? {} : { note }), ...(finding === undefined ? {} : { finding: finding.name, facts: finding.facts }),
  };
}

function shownResult({ entry, told: { sentence, finding, facts } }: Reconciled): Answer<'writes.reconcile'> {
  return { write: shown(entry), note: sentence, ...(finding === undefined ? {} : { finding, facts }) };
}
