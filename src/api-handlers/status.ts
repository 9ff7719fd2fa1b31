// What the rows of a connection's status do.
import type { ApiHandlers } from '../api/table.ts';
import { servingOf } from '../connections/model.ts';
import type { ConnectionService } from '../connections/service.ts';
import type { Principal } from '../iam/principal.ts';
import type { Opener } from '../runtime/opened.ts';
import { liveStatus } from '../runtime/status.ts';
import { readCaller } from './execution.ts';

type StatusHandlers = Pick<ApiHandlers<Principal>, 'connections.checkStatus' | 'connections.checkReadiness'>;

export function statusHandlers(connections: ConnectionService, opener: Opener): StatusHandlers {
  return {
    'connections.checkStatus': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      return liveStatus(opener, await connections.get(path.connection), caller);
    },
    'connections.checkReadiness': async (_call, { path }) => {
      // While it is changed, the revision before serves.
      return { status: servingOf(await connections.get(path.connection)) === undefined ? 'NOT_READY' : 'READY' };
    },
  };
}
