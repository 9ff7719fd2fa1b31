// The audit log: calls that end become records on their way to the store, each but the look that repeats another, and records are
// read again by page or as a stream. It does not know who may read them.
import type { AuditEntry, AuditKind, AuditRecord } from './model.ts';
import { bounded } from './model.ts';
import type { Journal } from './journal.ts';
import { createRepeats } from './repeats.ts';
import type { AuditCondition, AuditRepository } from './repository.ts';
import type { SourceRequests } from './source-requests.ts';

/** What is known of a call when it ends. */
export interface EndedCall {
  readonly row: { readonly id: string; readonly method: string; readonly kind: AuditKind };
  /** It changes something and was begun: its answer waits for its record. */
  readonly begunWrite: boolean;
  readonly caller: string;
  readonly resource: string;
  readonly code: string;
  readonly reason: string;
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  readonly milliseconds: number;
}

export interface AuditSearch {
  /** Absent for every project and the installation itself. */
  readonly project?: string;
  /** What the store can compare by itself. */
  readonly conditions: readonly AuditCondition[];
  /** What else an entry must pass; absent where the conditions say all. */
  readonly keeps?: (entry: AuditEntry) => boolean;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Where the next page begins; absent on the last one. A page may hold fewer entries than asked for and yet not be the last. */
  readonly next?: number;
}

export interface AuditService {
  /** Before a call that changes something is begun. @throws StatusError UNAVAILABLE, AUDIT_UNAVAILABLE */
  admit(): Promise<void> | undefined;
  /** Takes the record of a call; where it gives a promise the answer waits for it. */
  ended(call: EndedCall): Promise<void> | undefined;
  /** Newest first. */
  page(search: AuditSearch, page: { readonly size: number; readonly after?: number }): Promise<AuditPage>;
  /** Oldest first. */
  all(search: AuditSearch): AsyncIterable<AuditEntry>;
}

export interface AuditParts {
  readonly repository: Pick<AuditRepository, 'query'>;
  readonly journal: Pick<Journal, 'admit' | 'keep' | 'note'>;
  readonly sourceRequests: Pick<SourceRequests, 'take'>;
  readonly now: () => Date;
}

const CHUNK = 1_000;
/** How many entries one page may look at where the store cannot tell by itself which pass. */
const MOST_CHUNKS = 10;

export function createAuditService({ repository, journal, sourceRequests, now }: AuditParts): AuditService {
  const repeats = createRepeats();

  function recordOf({ row, caller, resource: named, code, reason, requestId, address, userAgent, milliseconds }: EndedCall): AuditRecord {
    const resource = ofItsProject(named);
    return bounded({
      time: now().toISOString(), project: /^projects\/([^/]+)/.exec(resource)?.[1] ?? '', principal: caller, operation: row.id, method: row.method, kind: row.kind,
      resource, code, reason, requestId, address, userAgent, milliseconds, sourceRequestIds: sourceRequests.take(requestId),
    });
  }

  return {
    admit: () => journal.admit(),

    ended(call) {
      if (call.begunWrite) return journal.keep(recordOf(call));
      const record = recordOf(call);
      if (!repeats.has(record)) journal.note(record);
      return undefined;
    },

    async page({ keeps, ...search }, { size, after }) {
      const entries: AuditEntry[] = [];
      let last = after;
      for (let chunk = 0; chunk < MOST_CHUNKS; chunk += 1) {
        const asked = keeps === undefined ? size + 1 : CHUNK;
        const found = await repository.query({ ...search, order: 'newest first', size: asked, ...(last === undefined ? {} : { after: last }) });
        for (const entry of found) {
          if (entries.length === size) return { entries, next: last ?? 0 };
          last = entry.sequence;
          if (keeps === undefined || keeps(entry)) entries.push(entry);
        }
        if (found.length < asked) return { entries };
      }
      return { entries, next: last ?? 0 };
    },

    async* all({ keeps, ...search }) {
      let last: number | undefined;
      for (;;) {
        const found = await repository.query({ ...search, order: 'oldest first', size: CHUNK, ...(last === undefined ? {} : { after: last }) });
        for (const entry of found) if (keeps === undefined || keeps(entry)) yield entry;
        last = found.at(-1)?.sequence;
        if (found.length < CHUNK) return;
      }
    },
  };
}

/** An account that was named by `projects/-` is of the project in its address: that project's log tells of it. */
function ofItsProject(resource: string): string {
  const project = /^projects\/-\/serviceAccounts\/[^/@]+@([^/@]+)\.iam\.gserviceaccount\.com(?:\/|$)/.exec(resource)?.[1];
  return project === undefined ? resource : resource.replace('projects/-/', `projects/${project}/`);
}
