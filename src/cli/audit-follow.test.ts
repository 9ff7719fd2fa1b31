import { expect, it } from 'vitest';
import { follow } from './audit-follow.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const record = (sequence: number, seconds: number) => ({ name: `auditEntries/${sequence}`, time: at(seconds) });

/** What a log gives in one look after the other; between two looks the test stores more. */
async function looks(stored: ReturnType<typeof record>[], more: readonly (() => void)[], size = 100): Promise<{ readonly batches: string[][]; readonly pages: number }> {
  const batches: string[][] = [];
  let [pages, pauses] = [0, 0];
  const followed = follow({
    since: at(0),
    read: async ({ pageToken = '0' }) => {
      pages += 1;
      const begin = Number(pageToken);
      const newest = stored.toSorted((a, b) => Number(b.name.slice(13)) - Number(a.name.slice(13)));
      return { entries: newest.slice(begin, begin + size), ...(begin + size < newest.length ? { nextPageToken: String(begin + size) } : {}) };
    },
    pause: async () => { more[pauses++]?.(); },
  });
  for await (const batch of followed) {
    batches.push(batch.map(({ name }) => name.slice(13)));
    if (batches.length > more.length) break;
  }
  return { batches, pages };
}

it('gives each record once, oldest first, and none from before', async () => {
  const stored = [record(1, -5), record(2, 1), record(3, 2)];
  expect((await looks(stored, [() => undefined, () => stored.push(record(4, 3), record(5, 3)), () => undefined])).batches).toEqual([['2', '3'], [], ['4', '5'], []]);
});

it('gives what another server stored later under an earlier number, or with an earlier time', async () => {
  const stored = [record(10, 20)];
  expect((await looks(stored, [() => stored.push(record(9, 19)), () => stored.push(record(11, 5))])).batches).toEqual([['10'], ['9'], ['11']]);
});

it('reads no further back than it must', async () => {
  const stored = [...Array.from({ length: 1_000 }, (_none, index) => record(index, -2_000 + index)), ...Array.from({ length: 25 }, (_none, index) => record(1_000 + index, index))];
  const { batches, pages } = await looks(stored, [() => stored.push(record(2_000, 500)), () => undefined], 10);
  expect(batches.map((batch) => batch.length)).toEqual([25, 1, 0]);
  expect(pages).toBe(3 + 3 + 1);
});
