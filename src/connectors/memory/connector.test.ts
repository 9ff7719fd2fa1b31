import { describe, expect, it } from 'vitest';
import { checkFilter } from '../../filter/check.ts';
import { parseFilter } from '../../filter/parse.ts';
import { printFilter } from '../../filter/print.ts';
import type { Row, Session, WriteOptions } from '../../spi/connector.ts';
import { CARD, countries, COUNTRY, newCall, noPowers, people, PERSON } from '../../../test/conformance/people.ts';
import { memoryConnector, type MemoryConnector, type MemoryOptions } from './connector.ts';

const writable = { readOnly: false };
const ROWS: readonly Row[] = [{ Id: 'a', Email: 'x', Name: 'Ada', Age: null }, { Id: 'c', Email: 'x', Name: null, Age: 5 }, { Id: 'b', Email: 'y', Name: 'Budi', Age: 7 }];
let drawn = 0;
const write = (): WriteOptions => ({ idempotencyKey: `key ${drawn += 1}` });

async function world(options: Partial<MemoryOptions> = {}): Promise<{ readonly connector: MemoryConnector; readonly session: Session }> {
  const connector = memoryConnector({ entities: [{ type: PERSON, rows: ROWS }, { type: COUNTRY, rows: countries }, { type: CARD }], ...options });
  return { connector, session: await connector.open(writable, noPowers) };
}
const plan = (connector: MemoryConnector, filter: string, direction?: 'asc' | 'desc'): ReturnType<MemoryConnector['planList']> => connector.planList(writable, {
  entity: 'Person', filter: checkFilter(parseFilter(filter), PERSON), sort: direction === undefined ? [] : [{ field: 'Id', direction }], columns: 'all' });

describe('the plan', () => {
  it('takes what the fields say, each place once, and leaves the rest', async () => {
    const { connector } = await world();
    const { scan, remaining } = plan(connector, "Email = 'x' AND Email = 'y' AND Age > 1 AND Age < 9 AND Email != 'z' AND Name = 'a' AND (Age = 1 OR Age = 2) AND NOT (Email = 'q')");
    expect(scan).toEqual({ entity: 'Person', direction: 'asc', 'Email =': 'x', 'Age >': 1, 'Age <': 9 });
    expect(printFilter(remaining)).toBe("Email = 'y' AND Email != 'z' AND Name = 'a' AND (Age = 1 OR Age = 2) AND NOT (Email = 'q')");
  });

  it('orders by the key and by nothing else', async () => {
    const { connector } = await world();
    expect(plan(connector, '', 'desc')).toMatchObject({ ordered: true, scan: { direction: 'desc' } });
    expect(connector.planList(writable, { entity: 'Person', filter: parseFilter(''), sort: [{ field: 'Age', direction: 'asc' }], columns: 'all' }).ordered).toBe(false);
  });
});

describe('a scan', () => {
  it('gives pages in the order of the ids, with cursors that outlive their rows', async () => {
    const { connector, session } = await world();
    for (const [direction, order] of [['asc', ['a', 'b', 'c']], ['desc', ['c', 'b', 'a']]] as const) {
      const first = await session.scan(newCall(), 'Person', plan(connector, '', direction), { size: 1 });
      expect(first.rows.map((row) => row['Id'])).toEqual(order.slice(0, 1));
      const row = connector.tables.get('Person')?.find(order[0]) ?? {};
      connector.tables.get('Person')?.remove(order[0]);
      const rest = await session.scan(newCall(), 'Person', plan(connector, '', direction), { size: 5, ...(first.next === undefined ? {} : { cursor: first.next }) });
      expect(rest.rows.map((row) => row['Id'])).toEqual(order.slice(1));
      expect(rest.next).toBeUndefined();
      connector.tables.get('Person')?.put(order[0], row);
    }
  });

  it('gives no cursor when nothing that matches comes behind', async () => {
    const { connector, session } = await world();
    const page = await session.scan(newCall(), 'Person', plan(connector, "Email = 'y'"), { size: 1 });
    expect(page).toMatchObject({ rows: [{ Id: 'b' }] });
    expect(page.next).toBeUndefined();
  });

  it('keeps pages to its largest size and hides pseudo-columns', async () => {
    const { connector, session } = await world({ largestPage: 2 });
    const countries = connector.planList(writable, { entity: 'Country', filter: parseFilter("Continent = 'Asia'"), sort: [], columns: 'all' });
    const page = await session.scan(newCall(), 'Country', countries, { size: 100 });
    expect(page.rows).toEqual([{ Id: 'ID', Name: 'Indonesia' }, { Id: 'JP', Name: 'Japan' }]);
    expect(page.next).toBeUndefined();
    expect((await session.scan(newCall(), 'Person', plan(connector, ''), { size: 100 })).rows).toHaveLength(2);
  });

  it('can be cut into parts that together give every row once, in order', async () => {
    const { connector, session } = await world({ entities: [{ type: PERSON, rows: people(95) }] });
    const read = async (one: ReturnType<typeof plan>): Promise<readonly unknown[]> => (await session.scan(newCall(), 'Person', one, { size: 100 })).rows.map((row) => row['Id']);
    for (const direction of ['asc', 'desc'] as const) {
      const whole = await read(plan(connector, 'Age > 1', direction));
      for (const parts of [1, 2, 7, 200]) {
        const cut = connector.split?.(plan(connector, 'Age > 1', direction), parts) ?? [];
        expect(cut.length).toBeLessThanOrEqual(parts);
        expect((await Promise.all(cut.map(read))).flat()).toEqual(whole);
      }
    }
  });
});

describe('writes', () => {
  it('list every fault at once', async () => {
    const { session } = await world();
    await expect(session.create(newCall(), 'Card', { Digits: 5, Nmae: 1, Id: 'x' }, write())).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'UNKNOWN_FIELD',
      violations: [{ field: 'Nmae' }, { field: 'Digits', description: '5 is not of type string' }, { field: 'Person', description: 'is needed' }] });
    await expect(session.create(newCall(), 'Person', { Email: 'a', mail_address: 'b' }, write())).rejects.toMatchObject({ reason: 'INVALID_FIELD',
      violations: [{ field: 'mail_address', description: 'is given twice with different values' }] });
    await expect(session.update(newCall(), 'Person', 'a', { Id: 'z' }, write())).rejects.toThrow(/Id: cannot be changed/);
  });

  it('take an id that is free and draw one that is free', async () => {
    const { session } = await world();
    await expect(session.create(newCall(), 'Person', { Id: 'a' }, write())).rejects.toMatchObject({ code: 'ALREADY_EXISTS', reason: 'RESOURCE_EXISTS' });
    expect(await session.create(newCall(), 'Person', { Id: 'person_00000001' }, write())).toMatchObject({ Id: 'person_00000001', Name: null });
    expect(await session.create(newCall(), 'Person', {}, write())).toMatchObject({ Id: 'person_00000002' });
  });

  it('answer the same under the same key, and refuse another request under it', async () => {
    const { session, connector } = await world();
    const first = await session.create(newCall(), 'Person', { Name: 'New' }, { idempotencyKey: 'same' });
    expect(await session.create(newCall(), 'Person', { Name: 'New' }, { idempotencyKey: 'same' })).toEqual(first);
    expect(connector.tables.get('Person')?.size).toBe(4);
    await expect(session.create(newCall(), 'Person', { Name: 'Other' }, { idempotencyKey: 'same' })).rejects.toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' });
    const wrong = session.create(newCall(), 'Person', { Name: 5 }, { idempotencyKey: 'failed' });
    await expect(wrong).rejects.toMatchObject({ reason: 'INVALID_FIELD' });
    await expect(session.create(newCall(), 'Person', { Name: 'Right' }, { idempotencyKey: 'failed' })).resolves.toMatchObject({ Name: 'Right' });
  });
});

describe('actions', () => {
  it('copy and merge rows', async () => {
    const { session } = await world();
    expect(await session.execute(newCall({ output: 'typed' }), 'Copy', { Entity: 'Person', Id: 'b', NewId: 'd' }, write())).toEqual([{ Success: true, Id: 'd' }]);
    expect(await session.get(newCall(), 'Person', 'd')).toMatchObject({ Email: 'y', Age: 7 });
    expect(await session.execute(newCall(), 'Merge', { Entity: 'Person', FromId: 'c', IntoId: 'a' }, write())).toEqual([{ Success: 'true', Id: 'a' }]);
    expect(await session.get(newCall(), 'Person', 'a')).toMatchObject({ Email: 'x', Name: 'Ada', Age: 5 });
    await expect(session.get(newCall(), 'Person', 'c')).rejects.toMatchObject({ reason: 'ROW_NOT_FOUND' });
  });

  it('refuse what they cannot do', async () => {
    const { session } = await world();
    const run = (action: string, input: Row): Promise<unknown> => session.execute(newCall(), action, input, write());
    await expect(run('Merge', { Entity: 'Person', FromId: 'a', IntoId: 'a' })).rejects.toMatchObject({ reason: 'INVALID_FIELD' });
    await expect(run('Merge', { Entity: 'Card', FromId: 'a', IntoId: 'b' })).rejects.toMatchObject({ code: 'UNIMPLEMENTED' });
    await expect(run('Copy', { Entity: 'Person' })).rejects.toThrow(/Id: must be text/);
    await expect(run('Copy', { Entity: 'Person', Id: 'a', X: 'y' })).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD' });
    await expect(run('Copy', { Entity: 'Person', Id: 'a', NewId: 'b' })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});

describe('the connector', () => {
  it('reads its configuration and hides what a read-only connection cannot do', () => {
    const connector = memoryConnector({ entities: [{ type: PERSON }] });
    expect(connector.parseConfig({})).toEqual({ readOnly: false });
    expect(() => connector.parseConfig({ read_only: 'yes', colour: 'red' })).toThrow(/colour: is not known; read_only: must be true or false/);
    const { entities, actions } = connector.describe(connector.parseConfig({ read_only: true }), { livemode: false });
    expect(entities[0]?.operations).toEqual(['LIST', 'GET']);
    expect(actions).toEqual([]);
  });

  it('counts its calls, and takes the time it was told to unless the caller leaves', async () => {
    const { session, connector } = await world({ latency: 30 });
    const begin = performance.now();
    await session.get(newCall(), 'Person', 'a');
    expect(performance.now() - begin).toBeGreaterThan(25);
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 5);
    await expect(session.get(newCall({ signal: leaving.signal }), 'Person', 'a')).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(connector.counts).toMatchObject({ get: 2, scan: 0 });
  });
});
