// Long-running operations, as the management API shows them: something was begun; ask again how it went.
import { randomBytes } from 'node:crypto';
import type { StatusJson } from '../errors/status-error.ts';

export type OperationVerb = 'create' | 'update' | 'delete';

export interface Operation {
  /** `projects/{project}/locations/{location}/operations/{operation}` */
  readonly name: string;
  readonly metadata: {
    readonly createTime: string;
    readonly endTime?: string;
    /** The resource it works on. */
    readonly target: string;
    readonly verb: OperationVerb;
    readonly requestedCancellation: boolean;
    readonly apiVersion: 'v1';
  };
  readonly done: boolean;
  /** Exactly one of these once done. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: StatusJson;
}

/** A new operation in the location `parent`. */
export function beginOperation(parent: string, verb: OperationVerb, target: string, now: Date): Operation {
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
  const id = `operation-${now.getTime()}-${hex(7).slice(0, 13)}-${hex(4)}-${hex(4)}`;
  return {
    name: `${parent}/operations/${id}`,
    metadata: { createTime: now.toISOString(), target, verb, requestedCancellation: false, apiVersion: 'v1' },
    done: false,
  };
}

/** The operation, ended well. Ending one that has ended changes nothing. */
export function succeedOperation(operation: Operation, response: Readonly<Record<string, unknown>>, now: Date): Operation {
  if (operation.done) return operation;
  return { ...operation, metadata: { ...operation.metadata, endTime: now.toISOString() }, done: true, response };
}

/** The operation, ended by an error. Ending one that has ended changes nothing. */
export function failOperation(operation: Operation, error: StatusJson, now: Date): Operation {
  if (operation.done) return operation;
  return { ...operation, metadata: { ...operation.metadata, endTime: now.toISOString() }, done: true, error };
}
