// A row of the table made ready to be called, whoever carries the call: what it checks, what it does, what it records. A
// transport brings the path, the query and the body; it knows nothing more of rows.
import type { ApiOperation } from '../api/operation.ts';
import type { API, ApiCall, ApiHandlers } from '../api/table.ts';
import type { Guard } from './guard.ts';
import { createRecorder, type CallAudit, type CallRecorder } from './recorder.ts';
import type { Validators } from './validate.ts';

/** What calls of rows need; handed in by who composes the server. */
export interface CallParts<Principal> {
  readonly handlers: ApiHandlers<Principal>;
  readonly guard: Guard<Principal>;
  readonly callerOf: (principal: Principal) => string;
  readonly audit: CallAudit;
}

export interface GivenInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface PreparedRow<Principal> {
  readonly row: ApiOperation;
  readonly recorder: CallRecorder;
  /** Its record is stored before its answer: it changes something by itself. */
  readonly isWrite: boolean;
  /** Lets a caller pass. @throws StatusError PERMISSION_DENIED, FAILED_PRECONDITION */
  readonly admit: (principal: Principal, path: GivenInput['path']) => void | Promise<void>;
  /** Looks at what was sent; the query is changed to the types of its schema. @throws StatusError INVALID_ARGUMENT with every fault */
  readonly check: (input: Omit<GivenInput, 'path'>) => void;
  readonly handle: (call: ApiCall<Principal>, input: GivenInput) => Promise<object>;
}

export function prepareRow<Principal>(row: ApiOperation, parts: CallParts<Principal>, validators: Validators): PreparedRow<Principal> {
  const checkQuery = validators.query(row.query);
  const checkBody = row.body === undefined ? undefined : validators.body(row.body);
  const resource = guardedName(row.http.path);
  return {
    row,
    recorder: createRecorder(row, parts.audit),
    isWrite: row.effect !== 'read' && row.callsRows !== true,
    admit: (principal, path) => parts.guard(principal, row, resource === undefined ? '' : (path[resource] ?? '')),
    check({ query, body }) {
      checkQuery(query);
      checkBody?.(body);
    },
    // One table, one key: the handler of a row takes what the row says, which the compiler cannot see through a loop over them.
    handle: parts.handlers[row.id as keyof typeof API] as (call: ApiCall<Principal>, input: GivenInput) => Promise<object>,
  };
}

/** The name whose resource a permission is asked on: the first of the path; undefined where it has none. */
export function guardedName(path: string): string | undefined {
  return /\{(\w+)\}/.exec(path)?.[1];
}
