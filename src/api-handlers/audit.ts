// What the rows of the audit log do. A filter's comparisons go to the store where the store can make them, and the whole
// filter is asked again of what comes back.
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { AuditEntry } from '../audit/model.ts';
import type { AuditColumn, AuditCondition } from '../audit/repository.ts';
import type { AuditSearch, AuditService } from '../audit/service.ts';
import { invalidFields } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { matches } from '../listing/evaluate.ts';
import type { Fields } from '../listing/field.ts';
import { conjuncts, parseFilter, type Filter, type Restriction } from '../listing/filter.ts';
import { parseOrder } from '../listing/order.ts';
import { readPage, writePageToken, type ListRequest } from '../listing/page.ts';

type AuditHandlers = Pick<ApiHandlers<Principal>, 'auditEntries.list' | 'auditEntries.export' | 'auditEntries.listAll' | 'auditEntries.exportAll'>;

const FIELDS: Fields = {
  name: 'text', time: 'time', principal: 'text', operation: 'text', method: 'text', kind: 'text', resource: 'text', 'status.code': 'text', 'status.reason': 'text',
  requestId: 'text', callerAddress: 'text', userAgent: 'text', milliseconds: 'number', sourceRequestIds: 'texts',
};
const COLUMNS: Readonly<Record<string, AuditColumn>> = {
  time: 'time', principal: 'principal', operation: 'operation', method: 'method', kind: 'kind', resource: 'resource', 'status.code': 'code', 'status.reason': 'reason',
  requestId: 'requestId', callerAddress: 'address',
};
const ORDER = 'sequence desc';
const PAGED: Fields = { ...FIELDS, sequence: 'number' };
const SIZES = { usual: 100, most: 1_000 } as const;

export function auditHandlers(audit: AuditService, now: () => Date): AuditHandlers {
  async function list(project: string | undefined, request: ListRequest): Promise<Answer<'auditEntries.list'>> {
    const spec = { list: `auditEntries of ${project ?? 'all'}`, fields: PAGED, unique: 'sequence', order: ORDER, sizes: SIZES };
    const { size, after } = readPage(request, spec, parseOrder(ORDER, PAGED, 'sequence'));
    const [sequence] = after ?? [];
    const { entries, next } = await audit.page(searchOf(project, request.filter), { size, ...(typeof sequence === 'number' ? { after: sequence } : {}) });
    return { auditEntries: entries.map(shown), ...(next === undefined ? {} : { nextPageToken: writePageToken(request, spec, [next]) }) };
  }

  function exported(project: string | undefined, query: { readonly filter?: string; readonly from?: string; readonly to?: string }): AsyncIterable<Answer<'auditEntries.export'>> {
    const search = searchOf(project, query.filter);
    // Without an end it would go on for as long as calls come.
    const between = timesOf({ from: query.from, to: query.to ?? now().toISOString() });
    return showAll(audit.all({ ...search, conditions: [...search.conditions, ...between] }));
  }

  return {
    'auditEntries.list': async (_call, { path, query }) => list(path.project, query),
    'auditEntries.listAll': async (_call, { query }) => list(undefined, query),
    'auditEntries.export': async (_call, { path, query }) => exported(path.project, query),
    'auditEntries.exportAll': async (_call, { query }) => exported(undefined, query),
  };
}

async function* showAll(entries: AsyncIterable<AuditEntry>): AsyncGenerator<Answer<'auditEntries.export'>> {
  for await (const entry of entries) yield shown(entry);
}

function shown({ sequence, project, code, reason, address, ...entry }: AuditEntry): Answer<'auditEntries.export'> {
  const parent = project === '' ? '' : `projects/${project}/`;
  const { time, principal, operation, method, kind, resource, requestId, userAgent, milliseconds, sourceRequestIds } = entry;
  return {
    name: `${parent}auditEntries/${sequence}`, time, principal, operation, method, kind, resource, status: { code, ...(reason === '' ? {} : { reason }) },
    requestId, callerAddress: address, userAgent, milliseconds, sourceRequestIds,
  };
}

/** @param project `projects/p`; absent for all. @throws StatusError INVALID_ARGUMENT, INVALID_FILTER */
export function searchOf(project: string | undefined, text: string | undefined): AuditSearch {
  const filter = parseFilter(text ?? '', FIELDS);
  const parts = conjuncts(filter);
  return {
    ...(project === undefined ? {} : { project: project.slice('projects/'.length) }),
    conditions: parts.flatMap(conditionOf),
    ...(filter === undefined || parts.every(isSettled) ? {} : { keeps: (entry: AuditEntry) => matches(filter, shown(entry)) }),
  };
}

/** What the store can compare: it may let more pass than the filter does, never less. */
function conditionOf(filter: Filter): readonly AuditCondition[] {
  if (filter.is !== 'restriction') return [];
  const column = COLUMNS[filter.path.join('.')];
  const { comparator, value } = filter;
  if (column === undefined || comparator === ':') return [];
  if (column === 'time') return comparator === '!=' ? [] : [{ column, operator: comparator, value: new Date(value).toISOString() }];
  if (!value.includes('*')) return comparator === '=' ? [{ column, operator: '=', value }] : [];
  return prefixOf(filter).map((prefix) => ({ column, operator: 'prefix', value: prefix }));
}

/** Whether the condition says all that the filter does; what is empty is not shown, and so equals nothing. */
function isSettled(filter: Filter): boolean {
  return filter.is === 'restriction' && filter.value !== '' && conditionOf(filter).some(({ operator }) => operator !== 'prefix');
}

function prefixOf({ comparator, value }: Restriction): readonly string[] {
  const prefix = value.slice(0, value.indexOf('*'));
  return comparator === '=' && prefix !== '' ? [prefix] : [];
}

function timesOf(given: { readonly from: string | undefined; readonly to: string }): readonly AuditCondition[] {
  const faults = Object.entries(given).filter(([, text]) => text !== undefined && Number.isNaN(Date.parse(text)))
    .map(([field]) => ({ field, description: 'is no instant: write 2026-01-31T12:00:00Z' }));
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  const condition = (operator: '>=' | '<', text: string): AuditCondition => ({ column: 'time', operator, value: new Date(text).toISOString() });
  return [...(given.from === undefined ? [] : [condition('>=', given.from)]), condition('<', given.to)];
}
