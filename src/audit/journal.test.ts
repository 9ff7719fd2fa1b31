import { expect, it } from 'vitest';
import { createJournal, type Journal } from './journal.ts';
import type { AuditRecord } from './model.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');

function record(requestId: string): AuditRecord {
  return {
    time: NOW.toISOString(), project: 'p', principal: 'admin', operation: 'entities.get', method: 'm', kind: 'DATA_READ', resource: 'projects/p', code: 'OK', reason: '',
    requestId, address: '127.0.0.1', userAgent: 'test', milliseconds: 1, sourceRequestIds: [],
  };
}

/** A store that can be told to fail, or to take its time. */
function createStore() {
  const batches: (readonly AuditRecord[])[] = [];
  const store = { batches, stored: () => batches.flat().map(({ requestId, operation }) => requestId || operation), fails: false, gate: undefined as Promise<void> | undefined, append: async (records: readonly AuditRecord[]) => {
    await store.gate;
    if (store.fails) throw new Error('the store is away');
    batches.push(records);
  } };
  return store;
}

function journalOn(store: ReturnType<typeof createStore>, more: { readonly patienceMs?: number; readonly mostReads?: number } = {}): { readonly journal: Journal; readonly faults: string[] } {
  const faults: string[] = [];
  const journal = createJournal({
    repository: store, now: () => NOW, pauseMs: 10, ...more,
    observe: (event) => { if (event.kind === 'fault') faults.push(String(event.error)); },
  });
  return { journal, faults };
}

it('stores reads in batches, a little later', async () => {
  const store = createStore();
  const { journal } = journalOn(store);
  for (const id of ['a', 'b', 'c']) journal.note(record(id));
  expect(store.batches).toEqual([]);
  await expect.poll(() => store.stored()).toEqual(['a', 'b', 'c']);
  expect(store.batches).toHaveLength(1);
});

it('ends the keeping of a write when it is stored; writes that come together share one commit', async () => {
  const store = createStore();
  const { journal } = journalOn(store);
  const gate = Promise.withResolvers<void>();
  store.gate = gate.promise;
  let kept = 0;
  const all = ['first', ...Array.from({ length: 20 }, (_, index) => `w${index}`)].map((id) => journal.keep(record(id)).then(() => { kept += 1; }));
  await new Promise((pause) => setTimeout(pause, 5));
  expect(kept).toBe(0);
  gate.resolve();
  await Promise.all(all);
  expect(store.batches.map((batch) => batch.length)).toEqual([1, 20]);
});

it('lets no read keep a write waiting', async () => {
  const store = createStore();
  const { journal } = journalOn(store);
  for (let index = 0; index < 5_000; index += 1) journal.note(record(`r${index}`));
  await journal.keep(record('w'));
  expect(store.stored()[0]).toBe('w');
  expect(store.batches.length, 'it waits for its own batch alone').toBeLessThan(10);
  await journal.close();
  expect(store.stored()).toHaveLength(5_001);
});

it('answers a write that has happened although the store fails, refuses the next before it begins, and loses none', async () => {
  const store = createStore();
  const { journal, faults } = journalOn(store);
  expect(journal.admit()).toBeUndefined();
  store.fails = true;
  await journal.keep(record('happened'));
  expect(faults.join()).toContain('"requestId":"happened"');
  await expect(journal.admit()).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'AUDIT_UNAVAILABLE' });
  store.fails = false;
  await journal.admit();
  expect(store.stored()).toEqual(['happened']);
  expect(journal.admit()).toBeUndefined();
});

it('waits for a store that hangs only so long', async () => {
  const store = createStore();
  store.gate = new Promise(() => undefined);
  const { journal } = journalOn(store, { patienceMs: 20 });
  await journal.keep(record('slow'));
  await expect(journal.admit()).rejects.toMatchObject({ reason: 'AUDIT_UNAVAILABLE' });
});

it('counts the reads beyond its bound and tells them in one record', async () => {
  const store = createStore();
  const { journal } = journalOn(store, { mostReads: 2 });
  for (const id of ['a', 'b', 'c', 'd']) journal.note(record(id));
  await journal.close();
  expect(store.stored()).toEqual(['a', 'b', 'audit.dropped']);
  expect(store.batches.flat().at(-1)?.resource).toBe('reads/2');
});

it('says at its end what it could not store', async () => {
  const store = createStore();
  store.fails = true;
  const { journal } = journalOn(store);
  journal.note(record('a'));
  await expect(journal.close()).rejects.toThrow('1 audit records');
});

it('goes on after it woke for nothing', async () => {
  const store = createStore();
  const { journal } = journalOn(store);
  // The write takes the read with it, and the read's own time comes to an empty queue.
  journal.note(record('read'));
  await journal.keep(record('write'));
  await new Promise((pause) => setTimeout(pause, 30));
  await journal.keep(record('later'));
  expect(store.stored()).toEqual(['write', 'read', 'later']);
}, 20_000);
