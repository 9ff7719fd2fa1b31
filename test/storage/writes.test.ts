// The journal of writes, on both databases: what is done once stays done once, whoever asks, and whoever dies.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StatusError } from '../../src/errors/status-error.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import type { Database } from '../../src/storage/database.ts';
import { prune } from '../../src/storage/retention.ts';
import { createWriteRepository } from '../../src/storage/write-repository.ts';
import { createWriteJournal, type Try, type Write, type WriteJournal } from '../../src/writes/journal.ts';
import { sourceKey, writeId } from '../../src/writes/key.ts';
import { createReconciler } from '../../src/writes/reconcile.ts';
import type { WriteRepository } from '../../src/writes/repository.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const CONNECTION = 'projects/p/locations/l/connections/c';
const KEY = Buffer.alloc(32, 7);
const DAY_MS = 86_400_000;

function write(more: Partial<Write> = {}): Write {
  return {
    connection: CONNECTION, callerKey: randomUUID(), kind: 'create', name: 'Customer', row: '', parent: '', trace: {}, output: 'text', request: { Name: 'Budi' },
    keysLastMs: DAY_MS, signal: new AbortController().signal, deadline: new Date(Date.now() + 60_000), ...more,
  };
}

const text = (kept: unknown): string => String(kept);
const unknownOutcome = (): StatusError => new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: 'the way was cut', metadata: { outcome: 'unknown' } });

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('the journal of writes on %s', (_name, create) => {
  let place: TestDatabase | undefined;
  let opened: Database | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error('the database is not open');
    return opened;
  };
  beforeAll(async () => {
    place = await create();
    opened = await place.open();
  });
  afterAll(async () => {
    await opened?.close();
    await place?.remove();
  });

  let now: Date;
  let events: string[];
  let repository: WriteRepository;
  let journal: WriteJournal;
  beforeEach(() => {
    now = new Date();
    events = [];
    repository = createWriteRepository(database().db, database().process);
    journal = journalOf(repository);
  });

  function journalOf(over: WriteRepository, patienceMs = 20_000): WriteJournal {
    return createWriteJournal({
      repository: over, seal: createSeal(KEY), hashKey: KEY, now: () => now, patienceMs,
      observe: (event) => { if (event.kind === 'write') events.push(event.outcome); },
    });
  }

  const entry = (one: Write) => repository.find(writeId(one.connection, one.callerKey, one.part));

  it('enters before it sends, and gives the first answer again, also to another process', async () => {
    const one = write();
    let sent = 0;
    const send = async ({ key }: Try): Promise<string> => {
      sent += 1;
      expect(await entry(one)).toMatchObject({ state: 'UNDER_WAY', callerKey: one.callerKey });
      expect(key).toBe(sourceKey(writeId(CONNECTION, one.callerKey), 0));
      return 'made';
    };
    expect(await journal.run(one, send, text)).toBe('made');
    expect(await journal.run(one, send, text)).toBe('made');
    expect(await journalOf(createWriteRepository(database().db, 12_345)).run(one, send, text)).toBe('made');
    expect(sent).toBe(1);
    expect(await entry(one)).toMatchObject({ state: 'SUCCEEDED', settleTime: expect.any(Date) });
    expect(events).toEqual(['succeeded', 'replayed', 'replayed']);
  });

  it('refuses another request under the same key; the order of columns makes no other', async () => {
    const one = write({ request: { a: 1, b: [{ x: 1, y: 2 }] } });
    await journal.run(one, async () => 'made', text);
    expect(await journal.run({ ...one, request: { b: [{ y: 2, x: 1 }], a: 1 } }, async () => 'again', text)).toBe('made');
    for (const other of [{ ...one, request: { a: 2, b: [{ x: 1, y: 2 }] } }, { ...one, name: 'Product' }, { ...one, kind: 'execute' as const }]) {
      await expect(journal.run(other, async () => 'again', text)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'IDEMPOTENCY_KEY_REUSED' });
    }
    expect(await journal.run({ ...one, connection: `${CONNECTION}2`, request: {} }, async () => 'elsewhere', text)).toBe('elsewhere');
  });

  it('lets those who come together wait for the first, whose errors they get too', async () => {
    const one = write();
    const gate = Promise.withResolvers<string>();
    let sent = 0;
    const ask = () => journal.run(one, () => { sent += 1; return gate.promise; }, text);
    const all = [ask(), ask(), ask()];
    await expect(journal.run({ ...one, request: 'another' }, async () => 'no', text)).rejects.toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' });
    gate.resolve('made');
    expect(await Promise.all(all)).toEqual(['made', 'made', 'made']);
    expect(sent).toBe(1);
  });

  it('keeps what was refused, and forgets what was never begun', async () => {
    const declined = write();
    let sent = 0;
    const decline = () => journal.run(declined, async () => { sent += 1; throw new StatusError('FAILED_PRECONDITION', 'CARD_DECLINED', { message: 'declined', metadata: { declineCode: 'stolen_card' } }); }, text);
    for (let time = 0; time < 2; time += 1) await expect(decline()).rejects.toMatchObject({ reason: 'CARD_DECLINED', message: 'declined', metadata: { declineCode: 'stolen_card' } });
    expect(sent).toBe(1);
    expect(await entry(declined)).toMatchObject({ state: 'FAILED', code: 'FAILED_PRECONDITION', reason: 'CARD_DECLINED' });

    const limited = write();
    const limit = new StatusError('RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED', { message: 'slowly' });
    await expect(journal.run(limited, async () => { throw limit; }, text)).rejects.toMatchObject({ reason: 'BACKEND_RATE_LIMITED' });
    expect(await entry(limited)).toBeUndefined();
    expect(await journal.run({ ...limited, request: 'corrected' }, async () => 'made', text)).toBe('made');
  });

  it('says when an outcome is not known, lists it, and sends it again under the same key', async () => {
    const one = write({ row: 'cus_1', kind: 'delete' });
    const keys: string[] = [];
    await expect(journal.run(one, async ({ key }) => { keys.push(key); throw unknownOutcome(); }, text)).rejects.toMatchObject({
      code: 'UNAVAILABLE', metadata: { outcome: 'unknown', idempotencyKey: one.callerKey, write: `${CONNECTION}/writes/${writeId(CONNECTION, one.callerKey)}` },
    });
    const listed = await repository.list({ connection: CONNECTION, states: ['UNKNOWN'], order: 'newest first', size: 1 });
    expect(listed).toMatchObject([{ callerKey: one.callerKey, row: 'cus_1', reason: 'BACKEND_UNAVAILABLE' }]);
    // Nothing was done by the second try, but the first may have had its effect.
    await expect(journal.run(one, async () => { throw new StatusError('RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED', { message: 'slowly' }); }, text)).rejects.toMatchObject({ code: 'UNAVAILABLE', metadata: { outcome: 'unknown' } });
    expect(await journal.run(one, async ({ key, again }) => { keys.push(key); return `again: ${again}`; }, text)).toBe('again: true');
    expect(new Set(keys).size).toBe(1);
    expect(await journal.run(one, async () => 'no', text)).toBe('again: true');
  });

  it('sends nothing again whose key the source may have forgotten', async () => {
    const one = write();
    await expect(journal.run(one, async () => { throw unknownOutcome(); }, text)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    now = new Date(now.getTime() + DAY_MS + 1_000);
    await expect(journal.run(one, async () => 'no', text)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'WRITE_UNSETTLED' });
    const found = await entry(one);
    await repository.settle({ id: found?.id ?? '', attempt: found?.attempt ?? 0, state: 'NOT_DONE', answered: false, time: now, code: '', reason: '', note: 'no trace of it', newKey: true });
    expect(await entry(one)).toMatchObject({ state: 'NOT_DONE', note: 'no trace of it' });
    expect(await journal.run(one, async ({ key, again }) => `${key} ${again}`, text)).toBe(`${sourceKey(writeId(CONNECTION, one.callerKey), 1)} false`);
  });

  it('takes a new key after a failure that the source kept, though the last try ended otherwise', async () => {
    const one = write();
    const fail = (error: StatusError) => expect(journal.run(one, async () => { throw error; }, text)).rejects.toMatchObject({ metadata: { outcome: 'unknown' } });
    await fail(new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: 'it failed', metadata: { outcome: 'unknown', httpStatus: '500' } }));
    await fail(unknownOutcome());
    const entries = await repository.list({ connection: CONNECTION, callerKey: one.callerKey, order: 'newest first', size: 1 });
    const reconciler = createReconciler({ repository, seal: createSeal(KEY), observe: () => undefined, now: () => now });
    const finder = { find: async () => [{ outcome: 'not found' as const, sentence: 'There is no trace of it.', finding: 'NO_TRACE', facts: { where: 'there' } }], answerOf: () => undefined };
    expect(await reconciler.reconcile(entries, finder)).toMatchObject([{ entry: { state: 'NOT_DONE', generation: 1, answered: false } }]);
    expect(await entry(one), 'what was found is kept').toMatchObject({ note: expect.stringContaining('no trace'), finding: { name: 'NO_TRACE', facts: { where: 'there' } } });
    expect(await journal.run(one, async ({ key }) => key, text)).toBe(sourceKey(writeId(CONNECTION, one.callerKey), 1));
    expect((await entry(one))?.finding, 'and goes with what it was of').toBeUndefined();
  });

  it('takes up what a process left that died, and leaves alone what a living one works on', async () => {
    const left = write();
    const dead = createWriteRepository(database().db, 99_999);
    await dead.begin([{ ...left, id: writeId(CONNECTION, left.callerKey), requestHash: 'x' }], now);
    expect(await entry(left)).toMatchObject({ state: 'UNKNOWN' });
    await expect(journal.run(left, async () => 'no', text)).rejects.toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' });

    const mine = write();
    const never = new Promise<string>(() => undefined);
    void journalOf(dead).run(mine, () => never, text);
    await expect.poll(() => entry(mine)).toBeDefined();
    expect(await journal.run(mine, async ({ again }) => `taken up: ${again}`, text)).toBe('taken up: true');

    const held = write();
    const gate = Promise.withResolvers<string>();
    const first = journal.run(held, () => gate.promise, text);
    await expect.poll(() => entry(held)).toBeDefined();
    const other = journalOf(createWriteRepository(database().db, 77_777), 300);
    await expect(other.run(held, async () => 'no', text)).rejects.toMatchObject({ code: 'ABORTED', reason: 'IDEMPOTENCY_KEY_IN_USE' });
    const waiting = journalOf(createWriteRepository(database().db, 77_777)).run(held, async () => 'no', text);
    gate.resolve('made');
    expect(await Promise.all([first, waiting])).toEqual(['made', 'made']);
  });

  it('ends nothing that another has taken up', async () => {
    const one = write();
    const slow = Promise.withResolvers<string>();
    const dead = journalOf(createWriteRepository(database().db, 99_998)).run(one, () => slow.promise, text);
    await expect.poll(() => entry(one)).toBeDefined();
    expect(await journal.run(one, async () => 'mine', text)).toBe('mine');
    slow.resolve('late');
    expect(await dead).toBe('late');
    expect(await journal.run(one, async () => 'no', text)).toBe('mine');
  });

  it('goes on when its caller leaves', async () => {
    const leaving = new AbortController();
    const one = write({ signal: leaving.signal });
    const gate = Promise.withResolvers<string>();
    const asked = journal.run(one, () => gate.promise, text);
    await expect.poll(() => entry(one)).toBeDefined();
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    gate.resolve('made');
    await journal.close();
    expect(await journal.run({ ...one, signal: new AbortController().signal }, async () => 'no', text)).toBe('made');
  });

  it('lets writes of one object take turns across processes', async () => {
    const trace = { object: `cus_${randomUUID()}` };
    const [one, two] = [write({ trace }), write({ trace })];
    const gate = Promise.withResolvers<string>();
    const order: string[] = [];
    const first = journal.run(one, async () => { const made = await gate.promise; order.push('first'); return made; }, text);
    await expect.poll(() => entry(one)).toBeDefined();
    const second = journalOf(createWriteRepository(database().db, 55_555)).run(two, async () => { order.push('second'); return 'two'; }, text);
    await expect.poll(() => entry(two)).toBeDefined();
    gate.resolve('one');
    expect(await Promise.all([first, second])).toEqual(['one', 'two']);
    expect(order).toEqual(['first', 'second']);
  });

  it('enters writes that come together at once', async () => {
    let begun = 0;
    const counting: WriteRepository = { ...repository, begin: (writes, at) => { begun += 1; return repository.begin(writes, at); } };
    const many = journalOf(counting);
    const all = Array.from({ length: 300 }, (_, index) => many.run(write(), async () => `made ${index}`, text));
    expect(await Promise.all(all)).toEqual(Array.from({ length: 300 }, (_, index) => `made ${index}`));
    expect(begun).toBeLessThan(20);
  });

  it('is pruned of what was settled long ago, and of nothing else', async () => {
    const [old, fresh, open] = [write(), write(), write()];
    now = new Date(Date.now() - 8 * DAY_MS);
    await journal.run(old, async () => 'made', text);
    await expect(journal.run(open, async () => { throw unknownOutcome(); }, text)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const whole = write({ kind: 'updateWhere' });
    const part = write({ ...whole, kind: 'update', part: 'cus_1', parent: writeId(CONNECTION, whole.callerKey) });
    await journal.run(part, async () => 'made', text);
    now = new Date(Date.now() - 6 * DAY_MS);
    await journal.run(whole, async () => '1', text);
    await journal.run(fresh, async () => 'made', text);
    const limits = { auditDays: 90, auditRows: 1_000, operationDays: 30, operationRows: 100_000, writeDays: 7, writeRows: 1_000, tokenDays: 30, destroyedVersionDays: 30 };
    expect((await prune({ db: database().db, limits, now: () => new Date(), report: () => undefined })).get('writes')).toBe(1);
    expect(await Promise.all([old, fresh, open, part].map(async (one) => (await entry(one))?.state))).toEqual([undefined, 'SUCCEEDED', 'UNKNOWN', 'SUCCEEDED']);
  });

  it('is pruned of settled writes beyond a number, the oldest first, and of none of today', async () => {
    await database().db.deleteFrom('writes').execute();
    const days = [5, 4, 3, 2];
    const old = days.map(() => write());
    for (const [index, one] of old.entries()) {
      now = new Date(Date.now() - (days[index] ?? 0) * DAY_MS);
      await journal.run(one, async () => 'made', text);
    }
    now = new Date();
    const today = [write(), write(), write()];
    for (const one of today) await journal.run(one, async () => 'made', text);
    const limits = { auditDays: 90, auditRows: 1_000, operationDays: 30, operationRows: 100_000, writeDays: 7, writeRows: 5, tokenDays: 30, destroyedVersionDays: 30 };
    const pruned = async (writeRows: number): Promise<readonly (string | undefined)[]> => {
      await prune({ db: database().db, limits: { ...limits, writeRows }, now: () => new Date(), report: () => undefined, batch: 1 });
      return Promise.all([...old, ...today].map(async (one) => (await entry(one))?.state));
    };
    const kept = (count: number) => Array.from({ length: count }, () => 'SUCCEEDED');
    expect(await pruned(5)).toEqual([undefined, undefined, ...kept(5)]);
    expect(await pruned(1)).toEqual([...days.map(() => undefined), ...kept(3)]);
  });

  it('keeps of a very large answer only that there was one', async () => {
    const one = write();
    expect(await journal.run(one, async () => 'x'.repeat(5_000_000), text)).toHaveLength(5_000_000);
    await expect(journal.run(one, async () => 'no', text)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'ANSWER_NOT_KEPT' });
    const plan = { ...write(), kind: 'updateWhere' as const };
    await expect(journal.run(plan, async (attempt) => { await attempt.keep(['x'.repeat(17_000_000)]); return 'no'; }, text)).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    expect(await entry(plan)).toBeUndefined();
  });

  it('keeps no payload and no answer in clear', async () => {
    const one = write({ request: { Email: 'rahasia@example.com' } });
    await journal.run(one, async () => 'jawaban-rahasia', text);
    const { sql } = await import('kysely');
    const { rows: [row] } = await sql<{ readonly text: string; readonly hex: string }>`select row_to_json(writes)::text as text, encode(sealed, 'escape') as hex from writes where id = ${writeId(CONNECTION, one.callerKey)}`.execute(database().db);
    expect(`${row?.text}${row?.hex}`).not.toMatch(/rahasia/);
  });

  it('begins nothing that it cannot enter, and answers what it cannot end', async () => {
    const away: WriteRepository = { ...repository, begin: () => Promise.reject(new Error('gone')) };
    await expect(journalOf(away).run(write(), async () => 'no', text)).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'JOURNAL_UNAVAILABLE' });
    let fails = true;
    const flaky: WriteRepository = { ...repository, end: (endings) => (fails ? Promise.reject(new Error('gone')) : repository.end(endings)) };
    const one = write();
    const other = journalOf(flaky);
    expect(await other.run(one, async () => 'made', text)).toBe('made');
    expect(await entry(one)).toMatchObject({ state: 'UNDER_WAY' });
    fails = false;
    await other.close();
    expect(await entry(one)).toMatchObject({ state: 'SUCCEEDED' });
  });
});
