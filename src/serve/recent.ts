// What is kept in memory of connections, put together: who listens, who looks at the nodes, what goes with a connection, and the rows.
import { randomBytes } from 'node:crypto';
import { recentHandlers } from '../api-handlers/recent.ts';
import type { ConnectionService } from '../connections/service.ts';
import type { Transactions } from '../rates/transactions.ts';
import { createRecentFigures, type RecentFigures } from '../recent/figures.ts';
import { createRecentLog, type RecentLog } from '../recent/log.ts';
import type { Database } from '../storage/database.ts';
import { createStateRepository } from '../storage/state-repository.ts';
import type { TakeDown } from './compose.ts';
import type { ComposedProjects } from './projects.ts';

/** The listeners: there before anything that they listen to. */
export interface Recent {
  readonly figures: RecentFigures;
  readonly log: RecentLog;
}

export function createRecent(): Recent {
  return { figures: createRecentFigures(), log: createRecentLog() };
}

export interface RecentParts {
  readonly recent: Recent;
  readonly database: Pick<Database, 'db' | 'changes'>;
  readonly connections: Pick<ConnectionService, 'get'>;
  readonly projects: ComposedProjects['projects'];
  readonly transactions: Pick<Transactions, 'all'>;
  readonly now: () => Date;
  readonly takeDowns: TakeDown[];
}

const LOOKED_EVERY_MS = 2_500;

export function composeRecent({ recent: { figures, log }, database, connections, projects, transactions, now, takeDowns }: RecentParts): ReturnType<typeof recentHandlers> {
  const timer = setInterval(() => figures.look(transactions.all()), LOOKED_EVERY_MS).unref();
  takeDowns.push(() => clearInterval(timer));
  database.changes.on('connection', (name) => {
    if (name === undefined) return;
    connections.get(name).catch(() => {
      figures.forget(name);
      log.forget(name);
    });
  });
  return recentHandlers({
    figures, log, now, states: createStateRepository(database.db), keeper: { process: randomBytes(4).toString('hex'), keptSince: now().toISOString() },
    requireConnection: async (name) => void (await connections.get(name)), requireProject: async (project) => void (await projects.get(project)),
  });
}
