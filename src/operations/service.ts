// Operations as callers see them: get, list, cancel, forget. What an operation does is the business of who began it.
import { StatusError } from '../errors/status-error.ts';
import { matches } from '../listing/evaluate.ts';
import type { Fields } from '../listing/field.ts';
import { parseFilter } from '../listing/filter.ts';
import { keyOf, parseOrder } from '../listing/order.ts';
import { readPage, writePageToken, type ListRequest, type ListSpec, type Page } from '../listing/page.ts';
import { shownOperation, type Operation } from './model.ts';
import type { OperationQueue } from './queue.ts';
import type { OperationRepository } from './repository.ts';

export interface OperationService {
  /** @throws StatusError NOT_FOUND */
  get(name: string): Promise<Operation>;
  /** Newest first. @throws StatusError INVALID_ARGUMENT */
  list(parent: string, request: ListRequest): Promise<Page<Operation>>;
  /** Asks for an end; whether and how it ends, the operation tells. @throws StatusError NOT_FOUND */
  cancel(name: string): Promise<void>;
  /** Forgets one that has ended. @throws StatusError NOT_FOUND, FAILED_PRECONDITION */
  remove(name: string): Promise<void>;
}

const FIELDS: Fields = {
  name: 'text', done: 'boolean', 'metadata.verb': 'text', 'metadata.target': 'text', 'metadata.createTime': 'time', 'metadata.endTime': 'time',
  'metadata.requestedCancellation': 'boolean', 'error.code': 'number',
};
const NEWEST_FIRST = parseOrder('metadata.createTime desc, name desc', FIELDS, 'name');
const SIZES = { usual: 100, most: 1_000 };
/** Operations read at a time while a filter is asked of them. */
const BATCH = 500;

export function createOperationService(operations: OperationRepository, queue: Pick<OperationQueue, 'abort'>): OperationService {
  /** The first operations that pass, one more than asked for where there are more. */
  async function gather(parent: string, wanted: number, passes: (operation: Operation) => boolean, first: { readonly createTime: string; readonly name: string } | undefined): Promise<readonly Operation[]> {
    const found: Operation[] = [];
    let after = first;
    for (;;) {
      const batch = await operations.list(parent, { size: BATCH, ...(after === undefined ? {} : { after }) });
      found.push(...batch.filter(passes));
      const last = batch.at(-1);
      if (last === undefined || batch.length < BATCH || found.length > wanted) return found;
      after = { createTime: last.metadata.createTime, name: last.name };
    }
  }

  return {
    async get(name) {
      const operation = await operations.find(name);
      if (operation === undefined) throw missing(name);
      return shownOperation(operation);
    },

    async list(parent, request) {
      const spec: ListSpec = { list: `${parent}/operations`, fields: FIELDS, sizes: SIZES };
      const filter = parseFilter(request.filter ?? '', FIELDS);
      const { size, after } = readPage(request, spec, NEWEST_FIRST);
      const [time, name] = after ?? [];
      const first = typeof time === 'number' && typeof name === 'string' ? { createTime: new Date(time).toISOString(), name } : undefined;
      const found = await gather(parent, size, (operation) => matches(filter, operation), first);
      const items = found.slice(0, size);
      const last = items.at(-1);
      return { items: items.map(shownOperation), ...(found.length > items.length && last !== undefined ? { nextPageToken: writePageToken(request, spec, keyOf(NEWEST_FIRST, last)) } : {}) };
    },

    async cancel(name) {
      if (await operations.requestCancellation(name)) queue.abort(name);
      else if ((await operations.find(name)) === undefined) throw missing(name);
    },

    async remove(name) {
      if (await operations.remove(name)) return;
      if ((await operations.find(name)) === undefined) throw missing(name);
      throw new StatusError('FAILED_PRECONDITION', 'OPERATION_IN_PROGRESS', { message: `Operation ${name} has not ended; cancel it first.`, metadata: { resource: name } });
    },
  };
}

function missing(name: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
}
