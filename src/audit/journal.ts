// Records on their way to the store. Reads leave in batches; a write waits until its record is kept, and writes that come
// together share one commit. While the store fails no new write is begun, so that what is not yet kept stays bounded.
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import type { AuditRecord } from './model.ts';
import type { AuditRepository } from './repository.ts';

export interface Journal {
  /** Keeps the record of a read, soon. Never waits, never throws; beyond the bound it is counted instead. */
  note(record: AuditRecord): void;
  /** Keeps the record of a write. Ends when it is kept, or after some seconds while it is still tried. Never throws. */
  keep(record: AuditRecord): Promise<void>;
  /**
   * Asked before a write is begun; undefined lets it pass at once.
   * @throws StatusError UNAVAILABLE, reason AUDIT_UNAVAILABLE, while records cannot be kept.
   */
  admit(): Promise<void> | undefined;
  /** Stores what waits. */
  close(): Promise<void>;
}

export interface JournalParts {
  readonly repository: Pick<AuditRepository, 'append'>;
  readonly observe: Observe;
  readonly now: () => Date;
  /** How long a read's record may wait. */
  readonly pauseMs?: number;
  /** How long the answer to a write waits for its record. */
  readonly patienceMs?: number;
  /** How many records of reads may wait. */
  readonly mostReads?: number;
}

const BATCH = 500;
const CLOSING_ATTEMPTS = 3;

interface Waiting {
  readonly record: AuditRecord;
  /** Told once: whether the record is stored, or the try failed. */
  readonly told: (stored: boolean) => void;
}

export function createJournal({ repository, observe, now, pauseMs = 250, patienceMs = 10_000, mostReads = 20_000 }: JournalParts): Journal {
  let writes: Waiting[] = [];
  let reads: AuditRecord[] = [];
  let dropped = 0;
  let failing = false;
  let running: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const isEmpty = (): boolean => writes.length + reads.length + dropped === 0;

  async function storeBatch(): Promise<void> {
    const [someWrites, lost] = [writes.slice(0, BATCH), dropped];
    const someReads = reads.slice(0, BATCH - someWrites.length);
    await repository.append([...someWrites.map(({ record }) => record), ...someReads, ...(lost > 0 ? [droppedRecord(lost, now())] : [])]);
    writes = writes.slice(someWrites.length);
    reads = reads.slice(someReads.length);
    dropped -= lost;
    failing = false;
    for (const { told } of someWrites) told(true);
  }

  async function drain(): Promise<boolean> {
    try {
      while (!isEmpty()) await storeBatch();
      return true;
    } catch (error) {
      // All stay in the queue; nobody is kept waiting for the next try.
      if (!failing) observe({ kind: 'fault', requestId: 'audit', error });
      failing = true;
      for (const { told } of writes) told(false);
      later();
      return false;
    } finally {
      running = undefined;
    }
  }

  /** One at a time: what comes while a batch is under way goes with the next. */
  function flush(): Promise<boolean> {
    // A drain of nothing would end before it is noted, and be taken for one that runs for ever after.
    if (isEmpty() && running === undefined) return Promise.resolve(true);
    running ??= drain();
    return running;
  }

  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, pauseMs).unref();
  }

  return {
    note(record) {
      if (reads.length < mostReads) reads.push(record);
      else dropped += 1;
      later();
    },

    async keep(record) {
      const stored = new Promise<boolean>((told) => writes.push({ record, told }));
      void flush();
      if (await within(patienceMs, stored)) return;
      // Its effect is there already: the answer tells the truth, and the log keeps what the store did not take yet.
      failing = true;
      observe({ kind: 'fault', requestId: record.requestId, error: new Error(`An audit record is not stored yet: ${JSON.stringify(record)}`) });
    },

    admit() {
      if (!failing) return undefined;
      return within(patienceMs, flush()).then(() => {
        if (failing) throw unavailable();
      });
    },

    async close() {
      for (let attempt = 0; attempt < CLOSING_ATTEMPTS && !isEmpty(); attempt += 1) await within(patienceMs, flush());
      clearTimeout(timer);
      if (!isEmpty()) throw new Error(`${writes.length + reads.length + dropped} audit records could not be stored.`);
    },
  };
}

async function within(milliseconds: number, work: Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(): StatusError {
  return new StatusError('UNAVAILABLE', 'AUDIT_UNAVAILABLE', {
    message: 'The record of this call could not be kept, so it was not begun: nothing was changed.', retryAfterMs: 1_000,
  });
}

function droppedRecord(count: number, now: Date): AuditRecord {
  return {
    time: now.toISOString(), project: '', principal: '', operation: 'audit.dropped', method: 'konektor.v1.Audit.Dropped', kind: 'ADMIN_READ',
    resource: `reads/${count}`, code: 'RESOURCE_EXHAUSTED', reason: 'AUDIT_UNAVAILABLE', requestId: '', address: '', userAgent: '', milliseconds: 0, sourceRequestIds: [],
  };
}
