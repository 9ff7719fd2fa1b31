// What the rows of long-running operations do.
import type { ApiHandlers } from '../api/table.ts';
import type { Principal } from '../iam/principal.ts';
import type { OperationService } from '../operations/service.ts';

type OperationHandlers = Pick<ApiHandlers<Principal>, 'operations.get' | 'operations.list' | 'operations.cancel' | 'operations.delete'>;

export function operationHandlers(operations: OperationService): OperationHandlers {
  return {
    'operations.get': async (_call, { path }) => operations.get(path.operation),

    'operations.list': async (_call, { path, query }) => {
      const { items, nextPageToken } = await operations.list(path.location, query);
      return { operations: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'operations.cancel': async (_call, { path }) => {
      await operations.cancel(path.operation);
      return {};
    },

    'operations.delete': async (_call, { path }) => {
      await operations.remove(path.operation);
      return {};
    },
  };
}
