// The journal of writes: a write is entered before it goes out and settled when its answer is there, so that none is lost and
// none is done twice, whatever dies meanwhile. It knows neither the source nor the store; it is handed what seals.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { createEndings } from './endings.ts';
import { answerNotKept, callerLeft, journalUnavailable, keyReused, stillUnderWay, tell, unsettled } from './errors.ts';
import { createGroup } from './group.ts';
import { sourceKey, writeId } from './key.ts';
import { isBulk, sealedName, type Ending, type NewWrite, type WriteEntry } from './model.ts';
import { answerText, errorText, meaningOf, recall, wasAnswered, type Meaning } from './outcome.ts';
import type { Begun, WriteRepository } from './repository.ts';

/** Seals what is kept, bound to the name of its entry. */
export interface WriteSeal {
  seal(text: string, boundTo: string): Uint8Array;
  open(sealed: Uint8Array, boundTo: string): Buffer;
}

export interface Write extends Omit<NewWrite, 'id' | 'requestHash'> {
  /** Names the row, where one request writes several. */
  readonly part?: string;
  /** Everything that makes it this request and no other: JSON. */
  readonly request: unknown;
  /** How long the source knows a key. */
  readonly keysLastMs: number;
  /** The caller's; one who leaves does not end the write. */
  readonly signal: AbortSignal;
  readonly deadline: Date;
}

/** One try. */
export interface Try {
  /** The key for the source. */
  readonly key: string;
  /** Id of the entry. */
  readonly id: string;
  /** A try before this one may have had its effect. */
  readonly again: boolean;
  /** What an earlier try kept. */
  readonly plan: unknown;
  /** Keeps what a later try is to go on with. */
  keep(plan: unknown): Promise<void>;
}

export interface WriteJournal {
  /**
   * Does a write once: of those who come with one key the first sends, and all get its answer, now or later.
   * @param read reads an answer that was kept.
   * @throws StatusError as the write does; INVALID_ARGUMENT IDEMPOTENCY_KEY_REUSED, ABORTED IDEMPOTENCY_KEY_IN_USE,
   * FAILED_PRECONDITION WRITE_UNSETTLED; UNAVAILABLE JOURNAL_UNAVAILABLE where it was not begun.
   */
  run<T>(write: Write, send: (attempt: Try) => Promise<T>, read: (kept: unknown) => T): Promise<T>;
  /** Waits, within bounds, for what is under way, and stores how it ended. */
  close(): Promise<void>;
}

export interface JournalParts {
  readonly repository: WriteRepository;
  readonly seal: WriteSeal;
  /** Keys the hashes of requests. */
  readonly hashKey: Uint8Array;
  readonly observe: Observe;
  readonly now: () => Date;
  /** How long a caller waits for another process, and for the store. */
  readonly patienceMs?: number;
}

const GROUP = 200;
/** Of ends that the store does not take; beyond them nothing more is begun. */
const MOST_WAITING = 5_000;
const FIRST_POLL_MS = 20;
const LONGEST_POLL_MS = 500;
const CLOSING_MS = 10_000;
/** Characters of an answer that is kept; of a larger one it is known that there was one. */
const LONGEST_ANSWER = 4_000_000;
/** Of the ids of a write by a filter. */
const LONGEST_PLAN = 16_000_000;

interface Running {
  readonly hash: string;
  readonly work: Promise<unknown>;
}

export function createWriteJournal({ repository, seal, hashKey, observe, now, patienceMs = 10_000 }: JournalParts): WriteJournal {
  const running = new Map<string, Running>();
  const begin = createGroup((writes: readonly NewWrite[]) => repository.begin(writes, now()), GROUP);
  const endings = createEndings({ repository, observe, patienceMs });

  /** Enters it, or says that it could not be; what the store takes too late is let go again. */
  async function enter(write: NewWrite): Promise<Begun> {
    if (endings.waiting > MOST_WAITING) throw journalUnavailable(undefined);
    const entering = begin(write);
    try {
      return await inTime(entering, patienceMs);
    } catch (error) {
      entering.then((begun) => (begun.begun ? endings.add(ending(write.id, 1, 'RELEASED')) : undefined), () => undefined);
      throw journalUnavailable(error);
    }
  }

  function ending(id: string, attempt: number, state: Ending['state']): Ending {
    return { id, attempt, state, answered: false, time: now(), code: '', reason: '', note: '' };
  }

  async function perform<T>(write: Write, entered: NewWrite, send: (attempt: Try) => Promise<T>, read: (kept: unknown) => T): Promise<T> {
    const begun = await enter(entered);
    if (begun.begun) {
      if (begun.waits) await turn(entered, write.deadline);
      return trySend({ ...entered, attempt: 1, generation: 0, again: false }, send);
    }
    return resume(write, begun.entry, entered.requestHash, send, read);
  }

  /** Waits, within bounds, until no other process works on the same object. The source refuses who comes in between, and is asked again. */
  async function turn(write: NewWrite, deadline: Date): Promise<void> {
    const end = Math.min(Date.now() + patienceMs, deadline.getTime());
    for (let pause = FIRST_POLL_MS; Date.now() < end; pause = Math.min(pause * 2, LONGEST_POLL_MS)) {
      if (!(await repository.waits(write).catch(() => false))) return;
      await sleep(pause);
    }
  }

  /** Goes on with an entry that is there: gives its answer, waits for it, or takes it up. */
  async function resume<T>(write: Write, first: WriteEntry, hash: string, send: (attempt: Try) => Promise<T>, read: (kept: unknown) => T): Promise<T> {
    const end = Math.min(Date.now() + patienceMs, write.deadline.getTime());
    let entry = first;
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 2, LONGEST_POLL_MS)) {
      if (entry.requestHash !== hash) throw keyReused(entry);
      if (entry.state === 'SUCCEEDED' || entry.state === 'FAILED') return replay(entry, read);
      if (entry.state !== 'UNDER_WAY') {
        if (entry.state === 'UNKNOWN' && !isBulk(entry) && now().getTime() - entry.firstSendTime.getTime() > write.keysLastMs) throw unsettled(entry);
        const taken = await onJournal(() => repository.takeUp(entry, now()));
        if (taken !== undefined) return trySend({ ...taken, again: entry.state === 'UNKNOWN' }, send);
      }
      if (Date.now() >= end) throw stillUnderWay(entry);
      await sleep(pause);
      const found = await onJournal(() => repository.find(entry.id));
      // Who had it let it go: nothing was done.
      if (found === undefined) return perform(write, entry, send, read);
      entry = found;
    }
  }

  function replay<T>(entry: WriteEntry, read: (kept: unknown) => T): T {
    if (entry.sealed === undefined) throw answerNotKept(entry);
    observe({ kind: 'write', connection: entry.connection, operation: entry.kind, name: entry.name, outcome: 'replayed', milliseconds: 0 });
    return read(recall(seal.open(entry.sealed, sealedName(entry)).toString('utf8')));
  }

  type Trying = NewWrite & Pick<WriteEntry, 'attempt' | 'generation' | 'sealed'> & { readonly again: boolean };

  async function trySend<T>(entry: Trying, send: (attempt: Try) => Promise<T>): Promise<T> {
    const { id, attempt, again } = entry;
    const started = performance.now();
    const bound = sealedName(entry);
    let planned = entry.sealed !== undefined;
    const plan: unknown = entry.sealed === undefined ? undefined : recall(seal.open(entry.sealed, bound).toString('utf8'));
    const told = (outcome: Meaning | 'succeeded'): void => observe({ kind: 'write', connection: entry.connection, operation: entry.kind, name: entry.name, outcome, milliseconds: performance.now() - started });
    const keep = async (kept: unknown): Promise<void> => {
      const text = answerText(kept);
      if (text.length > LONGEST_PLAN) throw new StatusError('OUT_OF_RANGE', 'PAYLOAD_TOO_LARGE', { message: 'More rows pass the filter than one write by a filter can have: narrow it.' });
      await onJournal(() => repository.keep(entry, seal.seal(text, bound)));
      planned = true;
    };
    let answer: T;
    try {
      answer = await send({ key: sourceKey(id, entry.generation), id, again, plan, keep });
    } catch (error) {
      const meaning = meaningOf(error);
      const isUnknown = meaning === 'unknown' || (meaning === 'not begun' && again && !isBulk(entry));
      const state = meaning === 'final' ? 'FAILED' : isUnknown || planned ? 'UNKNOWN' : 'RELEASED';
      const shown = tell(error, entry, isUnknown);
      const kept = state === 'FAILED' && shown instanceof StatusError ? { sealed: seal.seal(errorText(shown), bound) } : {};
      await endings.add({ ...ending(id, attempt, state), answered: wasAnswered(error), ...factsOf(shown), ...kept });
      told(meaning);
      throw shown;
    }
    const text = answerText(answer);
    await endings.add({ ...ending(id, attempt, 'SUCCEEDED'), ...(text.length > LONGEST_ANSWER ? {} : { sealed: seal.seal(text, bound) }) });
    told('succeeded');
    return answer;
  }

  return {
    async run(write, send, read) {
      const { part, request, keysLastMs: _keys, signal, deadline: _deadline, ...rest } = write;
      const id = writeId(write.connection, write.callerKey, part);
      const hash = createHmac('sha256', hashKey).update(canonical([write.kind, write.name, request])).digest('hex');
      const known = running.get(id);
      if (known !== undefined) {
        if (known.hash !== hash) throw keyReused({ ...write, id });
        return read(await unlessGone(known.work, signal));
      }
      const work = perform(write, { ...rest, id, requestHash: hash }, send, read);
      running.set(id, { hash, work });
      work.catch(() => undefined).finally(() => running.delete(id));
      return unlessGone(work, signal);
    },

    async close() {
      await Promise.race([Promise.allSettled([...running.values()].map(({ work }) => work)), sleep(CLOSING_MS, undefined, { ref: false })]);
      const lost = await endings.close();
      if (lost > 0) throw new Error(`The ends of ${lost} writes could not be stored; they are listed as not known.`);
    },
  };
}

async function onJournal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw journalUnavailable(error);
  }
}

function factsOf(error: unknown): { readonly code: string; readonly reason: string } {
  return error instanceof StatusError ? { code: error.code, reason: error.reason } : { code: 'INTERNAL', reason: 'INTERNAL' };
}

/** JSON whose keys stand in order, so that the same request gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).filter(([, one]) => one !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/** What the work gives. @throws Error where it takes longer. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the store did not answer in time')), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the work gives, unless the caller leaves first. */
async function unlessGone<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw callerLeft();
  const gone = Promise.withResolvers<never>();
  const leave = (): void => gone.reject(callerLeft());
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work, gone.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
