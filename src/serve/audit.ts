// The audit log put together: what keeps it, what prunes it, and how it is taken down.
import { createJournal } from '../audit/journal.ts';
import { createAuditService, type AuditService } from '../audit/service.ts';
import type { Observe } from '../observe/events.ts';
import { createAuditRepository } from '../storage/audit-repository.ts';
import type { Database } from '../storage/database.ts';
import { startRetention, type RetentionLimits } from '../storage/retention.ts';
import type { TakeDown } from './compose.ts';
import type { Observability } from './observability.ts';

/** Prunes what grows, from now on; stopped before the database is closed. */
export function composeRetention({ db }: Pick<Database, 'db'>, settings: RetentionLimits, observe: Observe, now: () => Date, takeDowns: TakeDown[]): void {
  const retention = startRetention({ db, limits: settings, now, report: (message) => observe({ kind: 'notice', message }) });
  takeDowns.push(() => retention.stop());
}

/** To be made right after the database, so that what waits is stored before the database is closed. */
export function composeAudit(database: Pick<Database, 'db'>, { observe, sourceRequests }: Pick<Observability, 'observe' | 'sourceRequests'>, now: () => Date, takeDowns: TakeDown[]): AuditService {
  const repository = createAuditRepository(database.db);
  const journal = createJournal({ repository, observe, now });
  takeDowns.push(() => journal.close());
  return createAuditService({ repository, journal, sourceRequests, now });
}
