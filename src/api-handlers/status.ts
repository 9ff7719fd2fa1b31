// What the rows of a connection's status do.
import type { ApiHandlers } from '../api/table.ts';
import { servingOf } from '../connections/model.ts';
import type { ConnectionService } from '../connections/service.ts';
import type { Principal } from '../iam/principal.ts';
import type { Opener } from '../runtime/opened.ts';
import { liveStatus } from '../runtime/status.ts';
import type { NodeFacts, Turns } from '../runtime/turns.ts';
import { readCaller } from './execution.ts';

type StatusHandlers = Pick<ApiHandlers<Principal>, 'connections.checkStatus' | 'connections.checkReadiness' | 'connections.showNodes'>;

export function statusHandlers(connections: ConnectionService, opener: Opener, turns: Pick<Turns, 'look'>): StatusHandlers {
  return {
    'connections.checkStatus': async (call, { path, query }) => {
      const caller = readCaller(call, query['executionConfig.headers']);
      const connection = await connections.get(path.connection);
      const status = await liveStatus(opener, connection, caller);
      const facts = await turns.look(connection);
      // The platform's message has no other place for it, and its clients show the text to people.
      return status.state !== 'ACTIVE' || facts === undefined ? status : { ...status, description: wordsOf(facts) };
    },
    'connections.checkReadiness': async (_call, { path }) => {
      // While it is changed, the revision before serves.
      return { status: servingOf(await connections.get(path.connection)) === undefined ? 'NOT_READY' : 'READY' };
    },
    'connections.showNodes': async (_call, { path }) => {
      const connection = await connections.get(path.connection);
      const { minNodeCount, maxNodeCount } = connection.nodeConfig;
      const facts = await turns.look(connection);
      if (facts === undefined) return { limited: false, minNodeCount, maxNodeCount };
      const { nodes, perSecond, waiting, processes } = facts;
      return { limited: true, nodeCount: nodes, minNodeCount, maxNodeCount, transactionsPerSecond: perSecond, waitingCalls: waiting, processCount: processes };
    },
  };
}

function wordsOf({ nodes, perSecond, waiting }: NodeFacts): string {
  return `${nodes} ${nodes === 1 ? 'node takes' : 'nodes take'} ${perSecond} transactions per second; ${waiting} ${waiting === 1 ? 'call waits' : 'calls wait'}.`;
}
