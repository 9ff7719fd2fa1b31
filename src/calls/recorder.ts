// What the audit log is told of a call: the row, who called, on what, how it ended. Names from the path and outcomes, and
// nothing of what the query, the body or the answer held, but the name of what was made.
import { auditKind, methodName } from '../api/audited.ts';
import type { ApiOperation, AuditKind } from '../api/operation.ts';
import type { StatusError } from '../errors/status-error.ts';

/** What is known of a call beside how it ended. */
export interface CallFacts {
  /** It changes something and was begun: its answer waits for its record. */
  readonly begunWrite: boolean;
  /** '' for a caller that is nobody here. */
  readonly caller: string;
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  readonly milliseconds: number;
}

/** What is known of a call when it ends. */
export interface EndedCall extends CallFacts {
  readonly row: AuditedRow;
  readonly resource: string;
  readonly code: string;
  readonly reason: string;
}

export interface AuditedRow {
  readonly id: string;
  readonly method: string;
  readonly kind: AuditKind;
}

/** Where calls are recorded; handed in by who composes the server. */
export interface CallAudit {
  /** Asked before a call that changes something is begun; undefined lets it pass at once. @throws StatusError UNAVAILABLE */
  admit(): Promise<void> | undefined;
  /** Takes the record of a call; where it gives a promise the answer waits for it. */
  ended(call: EndedCall): Promise<void> | undefined;
}

type Path = Readonly<Record<string, string>>;

/** Tells of the calls of one row. Where a promise is given, the caller's answer waits for it. */
export interface CallRecorder {
  succeeded(facts: CallFacts, path: Path, answer: object): Promise<void> | undefined;
  failed(facts: CallFacts, path: Path, status: StatusError): Promise<void> | undefined;
}

export function createRecorder(row: Pick<ApiOperation, 'id' | 'effect' | 'audit' | 'service' | 'http'>, audit: CallAudit): CallRecorder {
  const audited: AuditedRow = { id: row.id, method: methodName(row), kind: auditKind(row) };
  const resourceOf = resourceReader(row.http.path);
  const makes = row.http.method === 'POST';
  const collection = row.http.path.split('/').at(-1) ?? '';

  return {
    succeeded(facts, path, answer) {
      const place = resourceOf(path);
      const resource = makes ? (nameOfMade(answer, place, collection) ?? place) : place;
      return audit.ended({ row: audited, resource, code: 'OK', reason: '', ...facts });
    },
    failed: (facts, path, { code, reason }) => audit.ended({ row: audited, resource: resourceOf(path), code, reason, ...facts }),
  };
}

/** Compiles `/v2/{connection}/entityTypes/{entityType}/entities` to a reader of `projects/…/connections/c/entityTypes/Customer`. */
function resourceReader(template: string): (path: Readonly<Record<string, string>>) => string {
  const end = template.lastIndexOf('}');
  if (end === -1) return () => '';
  const parts = template.slice(template.indexOf('/', 1) + 1, end + 1).split(/\{(\w+)\}/);
  return (path) => parts.map((part, index) => (index % 2 === 0 ? part : (path[part] ?? ''))).join('');
}

/** What a call made lies below the resource that it was made in; a long-running operation tells what it works on, or gives what it made. */
function nameOfMade(answer: object, resource: string, collection: string): string | undefined {
  if (resource === '') {
    const id = textAt(answer, 'id') ?? textAt(answer, 'response', 'projectId');
    return id === undefined ? undefined : `${collection}/${id}`;
  }
  const name = textAt(answer, 'metadata', 'target') ?? textAt(answer, 'name');
  return name?.startsWith(`${resource}/`) === true ? name : undefined;
}

function textAt(answer: object, ...path: readonly string[]): string | undefined {
  let value: unknown = answer;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
