// Settling writes whose outcome is not known: what was found out is stored, so that whoever repeats the key gets the answer, or
// may send the write again where it was not done. How it is found out, it does not know.
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import type { FoundOutcome, UnsettledWrite, WriteTold } from '../spi/writes.ts';
import { writeTold } from './findings.ts';
import type { WriteSeal } from './journal.ts';
import { sourceKeys } from './key.ts';
import { isBulk, sealedName, type WriteEntry, type WriteState } from './model.ts';
import { answerText, errorText } from './outcome.ts';
import type { Finding, WriteRepository } from './repository.ts';

export interface Reconciled {
  /** As it is now. */
  readonly entry: WriteEntry;
  readonly told: WriteTold;
}

/** What finds out about writes, and what their answers would have been. */
export interface Finder {
  find(writes: readonly UnsettledWrite[]): Promise<readonly FoundOutcome[]>;
  /** The answer that is kept of a write, from what the source's connector gave; undefined where it cannot be told. */
  answerOf(entry: WriteEntry, outcome: FoundOutcome & { readonly outcome: 'succeeded' }): unknown;
}

export interface Reconciler {
  /** Settles what can be settled of these; what is settled, or under way, is left alone. */
  reconcile(entries: readonly WriteEntry[], finder: Finder): Promise<readonly Reconciled[]>;
  /** Settles a write by somebody's word. @throws StatusError FAILED_PRECONDITION where it is settled or under way. */
  settleAs(entry: WriteEntry, state: 'SUCCEEDED' | 'NOT_DONE', told: WriteTold): Promise<WriteEntry>;
}

export interface ReconcilerParts {
  readonly repository: Pick<WriteRepository, 'settle' | 'find' | 'list'>;
  readonly seal: Pick<WriteSeal, 'seal'>;
  readonly observe: Observe;
  readonly now: () => Date;
}

const PARTS_PER_PAGE = 1_000;

export function createReconciler({ repository, seal, observe, now }: ReconcilerParts): Reconciler {
  function findingOf(entry: WriteEntry, state: Finding['state'], { sentence, finding, facts = {} }: WriteTold): Finding {
    // Where the source has answered under the key it would do so again, and for ever: the next try takes another key.
    const newKey = state === 'NOT_DONE' && entry.answered;
    return { id: entry.id, attempt: entry.attempt, state, answered: false, time: now(), code: entry.code, reason: entry.reason, note: sentence, ...(finding === undefined ? {} : { finding: { name: finding, facts } }), newKey };
  }

  async function store(entry: WriteEntry, finding: Finding, told: WriteTold): Promise<Reconciled> {
    const stored = await repository.settle(finding);
    const after = (await repository.find(entry.id)) ?? entry;
    return { entry: after, told: stored ? told : writeTold('SENT_AGAIN') };
  }

  const leave = (entry: WriteEntry, state: Finding['state'], told: WriteTold): Promise<Reconciled> => store(entry, findingOf(entry, state, told), told);

  async function settle(entry: WriteEntry, found: FoundOutcome, finder: Finder): Promise<Reconciled> {
    observe({ kind: 'writeReconciled', connection: entry.connection, operation: entry.kind, name: entry.name, outcome: found.outcome });
    const bound = sealedName(entry);
    switch (found.outcome) {
      case 'succeeded': {
        const answer = finder.answerOf(entry, found);
        return store(entry, { ...findingOf(entry, 'SUCCEEDED', found), code: '', reason: '', ...(answer === undefined ? {} : { sealed: seal.seal(answerText(answer), bound) }) }, found);
      }
      case 'failed': {
        const { error } = found;
        const known = error instanceof StatusError ? { code: error.code, reason: error.reason, sealed: seal.seal(errorText(error), bound) } : {};
        return store(entry, { ...findingOf(entry, 'FAILED', found), ...known }, found);
      }
      case 'not found':
        return leave(entry, 'NOT_DONE', { ...found, sentence: `${found.sentence} It can be sent again under its Idempotency-Key.` });
      case 'cannot tell':
        return leave(entry, 'UNKNOWN', found);
    }
  }

  /** A write by a filter is what its rows are. */
  async function settleBulk(entry: WriteEntry): Promise<Reconciled> {
    const counts = new Map<WriteState, number>();
    let after: number | undefined;
    for (;;) {
      const parts = await repository.list({ connection: entry.connection, parent: entry.id, order: 'oldest first', size: PARTS_PER_PAGE, ...(after === undefined ? {} : { after }) });
      for (const { state } of parts) counts.set(state, (counts.get(state) ?? 0) + 1);
      after = parts.at(-1)?.sequence;
      if (parts.length < PARTS_PER_PAGE) break;
    }
    const open = (counts.get('UNKNOWN') ?? 0) + (counts.get('UNDER_WAY') ?? 0);
    const done = counts.get('SUCCEEDED') ?? 0;
    const told = open > 0 ? writeTold('ROWS_OPEN', { done: String(done), open: String(open) }) : writeTold('ROWS_SETTLED', { done: String(done) });
    return store(entry, { ...findingOf(entry, open > 0 ? 'UNKNOWN' : 'NOT_DONE', told), newKey: false }, told);
  }

  return {
    async reconcile(entries, finder) {
      const open = entries.filter((entry) => entry.state === 'UNKNOWN' && !isBulk(entry));
      const found = open.length === 0 ? [] : await finder.find(open.map(unsettledOf));
      const outcomes = new Map(open.map((entry, index) => [entry.id, found[index]]));
      const settled: Reconciled[] = [];
      // Rows before the writes by a filter that they are parts of.
      for (const entry of entries.toSorted((a, b) => Number(isBulk(a)) - Number(isBulk(b)))) {
        const outcome = outcomes.get(entry.id);
        if (outcome !== undefined) settled.push(await settle(entry, outcome, finder));
        else if (entry.state === 'UNKNOWN') settled.push(await settleBulk(entry));
        else settled.push({ entry, told: writeTold(entry.state === 'UNDER_WAY' ? 'UNDER_WAY' : 'SETTLED_BEFORE') });
      }
      return settled;
    },

    async settleAs(entry, state, told) {
      if (entry.state !== 'UNKNOWN') {
        throw new StatusError('FAILED_PRECONDITION', 'WRITE_SETTLED', { message: `The write is ${entry.state}; only of one whose outcome is UNKNOWN can be said how it ended.`, metadata: { state: entry.state } });
      }
      if (isBulk(entry) && state === 'SUCCEEDED') {
        throw new StatusError('FAILED_PRECONDITION', 'WRITE_UNSETTLED', { message: 'A write by a filter is settled by its rows: reconcile those, and send it again under its key.' });
      }
      const { entry: after } = await store(entry, { ...findingOf(entry, state, told), code: '', reason: '' }, told);
      return after;
    },
  };
}

function unsettledOf(entry: WriteEntry): UnsettledWrite {
  const { kind, name, row, trace, output, firstSendTime, lastSendTime } = entry;
  if (kind === 'updateWhere' || kind === 'deleteWhere') throw new Error('A write by a filter is not asked for at the source.');
  return { kind, name, trace, output, keys: sourceKeys(entry), firstSent: firstSendTime, lastSent: lastSendTime, ...(row === '' ? {} : { id: row }) };
}
