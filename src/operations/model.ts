// Long-running operations, as the management API shows them: something was begun; ask again how it went.
import { randomBytes } from 'node:crypto';
import type { StatusJson, TypedMessage } from '../errors/status-error.ts';

export type OperationVerb = 'create' | 'update' | 'delete';

const METADATA_TYPE = 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata';

export interface Operation {
  /** `projects/{project}/locations/{location}/operations/{operation}` */
  readonly name: string;
  readonly metadata: {
    readonly '@type'?: typeof METADATA_TYPE;
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
  readonly response?: TypedMessage;
  readonly error?: OperationError;
}

/** A google.rpc.Status: `code` is the number of the code. */
export type OperationError = Omit<StatusJson, 'status'>;

/** A new operation in the location `parent`. */
export function beginOperation(parent: string, verb: OperationVerb, target: string, now: Date): Operation {
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
  const id = `operation-${now.getTime()}-${hex(7).slice(0, 13)}-${hex(4)}-${hex(4)}`;
  return {
    name: `${parent}/operations/${id}`,
    metadata: { '@type': METADATA_TYPE, createTime: now.toISOString(), target, verb, requestedCancellation: false, apiVersion: 'v1' },
    done: false,
  };
}

/** The operation, ended well. Ending one that has ended changes nothing. */
export function succeedOperation(operation: Operation, response: TypedMessage, now: Date): Operation {
  if (operation.done) return operation;
  return { ...operation, metadata: { ...operation.metadata, endTime: now.toISOString() }, done: true, response };
}

/** The operation, ended by an error. Ending one that has ended changes nothing. */
export function failOperation(operation: Operation, { code, message, details }: OperationError, now: Date): Operation {
  if (operation.done) return operation;
  return { ...operation, metadata: { ...operation.metadata, endTime: now.toISOString() }, done: true, error: { code, message, details } };
}

/** The operation as the API shows it: those that an earlier version stored lack a type, and their errors say more. */
export function shownOperation({ name, metadata, done, response, error }: Operation): Operation {
  return {
    name, metadata: { '@type': METADATA_TYPE, ...metadata }, done,
    ...(response === undefined ? {} : { response }), ...(error === undefined ? {} : { error: { code: error.code, message: error.message, details: error.details } }),
  };
}
