// The inputs of a task as one writes them, and as the Connectors task takes them.
import type { Choice } from './choice.ts';

export interface TaskInputs {
  /** The text of connectorInputPayload: what is sent is what is written. */
  readonly payload: string;
  readonly entityId: string;
  readonly filter: string;
  readonly pageSize: number;
  readonly sortBy: string;
  readonly isDescending: boolean;
}

export const NO_INPUTS: TaskInputs = { payload: '{}', entityId: '', filter: '', pageSize: 25, sortBy: '', isDescending: false };

/** Which inputs an operation has. */
export interface Takes {
  readonly payload: boolean;
  readonly entityId: boolean;
  readonly filter: boolean;
  readonly paging: boolean;
}

const BY_OPERATION: Readonly<Record<'LIST' | 'GET' | 'CREATE' | 'UPDATE' | 'DELETE', Takes>> = {
  LIST: { payload: false, entityId: false, filter: true, paging: true },
  GET: { payload: false, entityId: true, filter: false, paging: false },
  CREATE: { payload: true, entityId: false, filter: false, paging: false },
  UPDATE: { payload: true, entityId: true, filter: true, paging: false },
  DELETE: { payload: false, entityId: true, filter: true, paging: false },
};

/** Whether it changes anything: such a task has a key, under which it is done once. */
export function isWrite(choice: Choice): boolean {
  return choice.kind === 'action' || (choice.operation !== 'LIST' && choice.operation !== 'GET');
}

export function takesOf(choice: Choice): Takes {
  return choice.kind === 'action' ? { payload: true, entityId: false, filter: false, paging: false } : BY_OPERATION[choice.operation];
}

/** The object that a text says, or undefined where it says none. */
export function payloadOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The flat inputs of the Connectors task. */
export interface FlatInputs {
  readonly operation: string;
  readonly connectionName: string;
  readonly entity?: string;
  readonly entityId?: string;
  readonly action?: string;
  readonly filterClause?: string;
  readonly connectorInputPayload?: Readonly<Record<string, unknown>>;
  readonly pageSize?: number;
  readonly sortByColumns?: readonly string[];
  readonly pageToken?: string;
}

export function flatInputs(connection: string, choice: Choice, inputs: TaskInputs, pageToken?: string): FlatInputs {
  const takes = takesOf(choice);
  return {
    ...(choice.kind === 'action' ? { operation: 'EXECUTE_ACTION', action: choice.action } : { operation: choice.operation === 'LIST' ? 'LIST_ENTITIES' : `${choice.operation}_ENTITY`, entity: choice.entity }),
    connectionName: connection,
    ...(takes.entityId && inputs.entityId !== '' ? { entityId: inputs.entityId } : {}),
    ...(takes.filter && inputs.filter.trim() !== '' ? { filterClause: inputs.filter.trim() } : {}),
    ...(takes.payload ? { connectorInputPayload: payloadOf(inputs.payload) ?? {} } : {}),
    ...(takes.paging ? { pageSize: inputs.pageSize } : {}),
    ...(takes.paging && inputs.sortBy !== '' ? { sortByColumns: [inputs.isDescending ? `${inputs.sortBy} desc` : inputs.sortBy] } : {}),
    ...(pageToken === undefined ? {} : { pageToken }),
  };
}
