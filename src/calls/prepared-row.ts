// A row of the table made ready to be called, whoever carries the call: what it checks, what it does, what it records. A
// transport brings the path, the query and the body; it knows nothing more of rows.
import type { ApiInput, ApiOperation } from '../api/operation.ts';
import { API, type ApiCall, type ApiHandlers, type ApiTable } from '../api/table.ts';
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
  /** Looks at what was sent; the query is changed to the types of its schema. @returns what does it. @throws StatusError INVALID_ARGUMENT with every fault */
  readonly check: (input: GivenInput) => Deed<Principal>;
}

/** Does what was asked and looked at. @returns what the row says it answers; of a stream, its lines */
export type Deed<Principal> = (call: ApiCall<Principal>) => Promise<object>;

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- within, it says that the handler and the input are of one row
export function prepareRow<Id extends keyof ApiTable, Principal>(id: Id, parts: CallParts<Principal>, validators: Validators): PreparedRow<Principal> {
  const row: ApiOperation = API[id];
  const handler = parts.handlers[id];
  const checkQuery = validators.query(row.query);
  const checkBody = row.body === undefined ? undefined : validators.body(row.body);
  const resource = guardedName(row.http.path);
  const names = [...row.http.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

  /** What a handler takes is made of the names and schemas of its row: what has passed them is that. */
  function requireInput(input: GivenInput): asserts input is GivenInput & ApiInput<ApiTable[Id]> {
    if (!names.every((name) => Object.hasOwn(input.path, name))) throw new Error(`${id} was called without a name of its path.`);
    checkQuery(input.query);
    checkBody?.(input.body);
  }

  return {
    row,
    recorder: createRecorder(row, parts.audit),
    isWrite: row.effect !== 'read' && row.callsRows !== true,
    admit: (principal, path) => parts.guard(principal, row, resource === undefined ? '' : (path[resource] ?? '')),
    check(input) {
      requireInput(input);
      return (call) => handler(call, input);
    },
  };
}

/** The name whose resource a permission is asked on: the first of the path; undefined where it has none. */
export function guardedName(path: string): string | undefined {
  return /\{(\w+)\}/.exec(path)?.[1];
}
