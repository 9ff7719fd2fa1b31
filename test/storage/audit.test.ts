// The audit log and what prunes it, on both databases.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJournal } from '../../src/audit/journal.ts';
import { bounded, type AuditKind, type AuditRecord } from '../../src/audit/model.ts';
import { createAuditService } from '../../src/audit/service.ts';
import { searchOf } from '../../src/api-handlers/audit.ts';
import { createAuditRepository } from '../../src/storage/audit-repository.ts';
import type { Database } from '../../src/storage/database.ts';
import { prune, startRetention, type RetentionLimits } from '../../src/storage/retention.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const NOW = new Date('2026-03-01T00:00:00.000Z');
const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY_MS).toISOString();
const LIMITS: RetentionLimits = { auditDays: 90, auditRows: 1_000_000, operationDays: 30, operationRows: 100_000, writeDays: 7, writeRows: 1_000, tokenDays: 30, destroyedVersionDays: 30 };

function record(more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: NOW.toISOString(), project: 'p', principal: 'admin', operation: 'entities.get', method: 'm.Get', kind: 'DATA_READ', resource: 'projects/p/x', code: 'OK', reason: '',
    requestId: randomUUID(), address: '127.0.0.1', userAgent: 'test', milliseconds: 3, sourceRequestIds: ['req_1', 'req_2'], ...more,
  };
}

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('the audit log on %s', (_name, create) => {
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

  const all = () => createAuditRepository(database().db).query({ conditions: [], order: 'oldest first', size: 10_000 });
  const empty = () => database().db.deleteFrom('audit_entries').execute();

  it('gives back what was appended, in order', async () => {
    const repository = createAuditRepository(database().db);
    const [one, two] = [record({ reason: 'X', code: 'NOT_FOUND' }), record({ project: '', principal: '', sourceRequestIds: [] })];
    await repository.append([one, two]);
    const found = await all();
    expect(found).toEqual([{ ...one, sequence: expect.any(Number) }, { ...two, sequence: expect.any(Number) }]);
    expect(await repository.query({ conditions: [], order: 'newest first', size: 1 })).toEqual([found[1]]);
    expect(await repository.query({ project: 'p', conditions: [], order: 'newest first', size: 5 })).toEqual([found[0]]);
    expect(await repository.query({ conditions: [], order: 'oldest first', after: found[0]?.sequence ?? 0, size: 5 })).toEqual([found[1]]);
  });

  it('takes whatever a caller may send, bounded and without keys', async () => {
    await empty();
    const odd = record({ userAgent: `a\u0000b\ud800${'x'.repeat(10_000)}`, resource: 'projects/p/sk_test_51HabcdefGHIJKL', principal: '\u{1f600}"\'\\', milliseconds: 1e12 });
    await createAuditRepository(database().db).append([bounded(odd)]);
    const [found] = await all();
    expect(found?.userAgent).toMatch(/^a\ufffdb\ufffdx+…$/);
    expect(found?.userAgent.length).toBeLessThanOrEqual(256);
    expect(found?.resource).not.toContain('51Habcdef');
    expect(found?.principal).toBe(odd.principal);
  });

  it('answers filters by the store where it can, and page by page', async () => {
    await empty();
    const repository = createAuditRepository(database().db);
    const records = Array.from({ length: 25 }, (_, index) => record({
      time: new Date(NOW.getTime() + index * 1_000).toISOString(), principal: index % 2 === 0 ? 'user:Ani@example.com' : 'admin', resource: `projects/p/connections/${index}`,
      code: index % 5 === 0 ? 'PERMISSION_DENIED' : 'OK', reason: index % 5 === 0 ? 'PERMISSION_DENIED' : '', milliseconds: index,
    }));
    await repository.append(records);
    const journal = createJournal({ repository, observe: () => undefined, now: () => NOW });
    const service = createAuditService({ repository, journal, sourceRequests: { take: () => [] }, now: () => NOW });
    const ask = async (filter: string): Promise<readonly number[]> => {
      const found: number[] = [];
      let after: number | undefined;
      do {
        const page = await service.page(searchOf('projects/p', filter), { size: 4, ...(after === undefined ? {} : { after }) });
        found.push(...page.entries.map(({ milliseconds }) => milliseconds));
        after = page.next;
      } while (after !== undefined);
      return found;
    };
    const where = (keeps: (index: number) => boolean): readonly number[] => records.map((_, index) => index).filter(keeps).toReversed();
    expect(await ask('')).toEqual(where(() => true));
    expect(await ask('principal = "user:Ani@example.com"')).toEqual(where((index) => index % 2 === 0));
    expect(await ask('status.code != OK AND principal=admin')).toEqual(where((index) => index % 5 === 0 && index % 2 === 1));
    expect(await ask('resource = "projects/p/connections/1*"')).toEqual(where((index) => String(index).startsWith('1')));
    expect(await ask(`time >= "${records[10]?.time}" AND time < "${records[20]?.time}"`)).toEqual(where((index) => index >= 10 && index < 20));
    expect(await ask('milliseconds > 20 OR status.reason = "PERMISSION_DENIED"')).toEqual(where((index) => index > 20 || index % 5 === 0));
    expect(await ask('NOT principal:ani')).toEqual(where((index) => index % 2 === 1));
    expect(await ask('status.reason = ""')).toEqual([]);
    expect(await ask('sourceRequestIds:req_2 milliseconds=7')).toEqual([7]);
    expect(searchOf('projects/p', 'principal=admin AND kind=DATA_READ').keeps, 'the store settles it alone').toBeUndefined();
    const exported: number[] = [];
    for await (const { milliseconds } of service.all(searchOf(undefined, 'principal=admin'))) exported.push(milliseconds);
    expect(exported).toEqual(where((index) => index % 2 === 1).toReversed());
  });

  it('tells of a look that is repeated once, and of everything else each time', async () => {
    await empty();
    const repository = createAuditRepository(database().db);
    const journal = createJournal({ repository, observe: () => undefined, now: () => NOW });
    const service = createAuditService({ repository, journal, sourceRequests: { take: () => [] }, now: () => NOW });
    const ended = (kind: AuditKind, code: string, requestId: string): unknown => service.ended({
      row: { id: 'o', method: 'm', kind }, begunWrite: kind === 'DATA_WRITE', caller: 'admin', resource: 'projects/p', code, reason: '', requestId, address: '', userAgent: '', milliseconds: 1,
    });
    for (const index of [1, 2]) for (const [kind, code] of [['ADMIN_READ', 'OK'], ['ADMIN_READ', 'NOT_FOUND'], ['DATA_READ', 'OK'], ['DATA_WRITE', 'OK']] as const) await ended(kind, code, `${kind} ${code} ${index}`);
    await journal.close();
    expect((await all()).map(({ requestId }) => requestId).toSorted()).toEqual(['ADMIN_READ NOT_FOUND 1', 'ADMIN_READ NOT_FOUND 2', 'ADMIN_READ OK 1', 'DATA_READ OK 1', 'DATA_READ OK 2', 'DATA_WRITE OK 1', 'DATA_WRITE OK 2']);
  });

  it('is pruned by age and by number, in batches, to the newest', async () => {
    await empty();
    const repository = createAuditRepository(database().db);
    await repository.append([91, 90.5, 89, 1].map((days) => record({ time: daysAgo(days), requestId: `old ${days}` })));
    const parts = { db: database().db, limits: LIMITS, now: () => NOW, report: () => undefined, batch: 1 };
    expect(await prune(parts)).toEqual(new Map([['audit_entries', 2]]));
    expect((await all()).map(({ requestId }) => requestId)).toEqual(['old 89', 'old 1']);
    await repository.append(Array.from({ length: 20 }, (_, index) => record({ requestId: `new ${index}` })));
    await prune({ ...parts, batch: 7, limits: { ...LIMITS, auditRows: 5 } });
    expect((await all()).map(({ requestId }) => requestId)).toEqual([15, 16, 17, 18, 19].map((index) => `new ${index}`));
  });

  it('loses no record of a change to those who are refused, or read', async () => {
    await empty();
    const repository = createAuditRepository(database().db);
    await repository.append([record({ kind: 'ADMIN_WRITE', requestId: 'change' }), record({ kind: 'DATA_WRITE', code: 'UNAVAILABLE', requestId: 'doubtful' })]);
    const others: readonly Partial<AuditRecord>[] = [{ kind: 'ADMIN_WRITE', code: 'PERMISSION_DENIED' }, { kind: 'DATA_WRITE', code: 'UNAUTHENTICATED', principal: '' }, {}];
    for (let round = 0; round < 3; round += 1) await repository.append(others.map((one) => record(one)));
    const parts = { db: database().db, now: () => NOW, report: () => undefined, batch: 2 };
    await prune({ ...parts, limits: { ...LIMITS, auditRows: 3 } });
    const kept = await all();
    expect(kept.slice(0, 2).map(({ requestId }) => requestId)).toEqual(['change', 'doubtful']);
    expect(kept).toHaveLength(5);
    await prune({ ...parts, limits: { ...LIMITS, auditRows: 1 } });
    expect((await all()).map(({ requestId }) => requestId)).toEqual(['doubtful', kept.at(-1)?.requestId]);
  });

  it('and with it go operations, tokens and destroyed versions whose time is over, and nothing else', async () => {
    const { db } = database();
    const operation = (name: string, created: number, ended?: number) => ({
      name, parent: 'projects/p/locations/l', done: ended !== undefined, create_time: daysAgo(created),
      body: JSON.stringify({ name, done: ended !== undefined, metadata: { createTime: daysAgo(created), ...(ended === undefined ? {} : { endTime: daysAgo(ended) }) } }),
    });
    await db.insertInto('operations').values([operation('old', 40, 31), operation('endedLate', 40, 29), operation('pending', 400), operation('new', 1, 0)]).execute();
    const token = (id: string, expires: number, revoked?: number) => ({
      id, hash: Buffer.from(id), member: 'user:a@example.com', expire_time: daysAgo(expires), create_time: daysAgo(100),
      body: JSON.stringify({ id, ...(revoked === undefined ? {} : { revokeTime: daysAgo(revoked) }) }),
    });
    await db.insertInto('tokens').values([token('expired', 31), token('justExpired', 29), token('revoked', -5, 31), token('living', -5)]).execute();
    await db.insertInto('secrets').values({ name: 'projects/p/secrets/s', project: 'p', create_time: daysAgo(100), etag: 'e', body: '{}' }).execute();
    const version = (number: number, state: 'ENABLED' | 'DESTROYED', destroyed: number | undefined) => ({
      secret: 'projects/p/secrets/s', number, state, sealed: Buffer.of(), create_time: daysAgo(100), destroy_time: destroyed === undefined ? null : daysAgo(destroyed), etag: 'e', checksum_given: false,
    });
    await db.insertInto('secret_versions').values([version(1, 'DESTROYED', 31), version(2, 'ENABLED', undefined), version(3, 'DESTROYED', 29), version(4, 'DESTROYED', 60)]).execute();

    // What cannot be read keeps nothing else from being pruned.
    await db.insertInto('operations').values({ ...operation('unreadable', 40, 31), body: '{"a":"\\u0000"}' }).execute();
    await expect(prune({ db, limits: LIMITS, now: () => NOW, report: () => undefined })).rejects.toThrow();
    await db.deleteFrom('operations').where('name', '=', 'unreadable').execute();
    await prune({ db, limits: LIMITS, now: () => NOW, report: () => undefined });
    expect((await db.selectFrom('operations').select('name').orderBy('name').execute()).map(({ name }) => name).toSorted()).toEqual(['endedLate', 'new', 'pending']);
    const names = async (): Promise<readonly string[]> => (await db.selectFrom('operations').select('name').execute()).map(({ name }) => name).toSorted();
    await db.insertInto('operations').values([1, 2, 3, 4, 5].map((hour) => operation(`hour${hour}`, hour / 24, 0))).execute();
    await prune({ db, limits: { ...LIMITS, operationRows: 3 }, now: () => NOW, report: () => undefined, batch: 2 });
    expect(await names(), 'the newest of those that have ended, and what is pending').toEqual(['hour1', 'hour2', 'hour3', 'pending']);
    expect((await db.selectFrom('tokens').select('id').execute()).map(({ id }) => id).toSorted()).toEqual(['justExpired', 'living']);
    expect((await db.selectFrom('secret_versions').select('number').orderBy('number').execute()).map(({ number }) => number), 'the newest number is never given twice').toEqual([2, 3, 4]);
  });

  it('is pruned at the start and again, and by one process at a time', async () => {
    await empty();
    const repository = createAuditRepository(database().db);
    await repository.append([record({ time: daysAgo(100) })]);
    const told: string[] = [];
    const retention = startRetention({ db: database().db, limits: LIMITS, now: () => NOW, report: (message) => told.push(message) }, 20);
    await expect.poll(async () => (await all()).length).toBe(0);
    await repository.append([record({ time: daysAgo(100) })]);
    await expect.poll(async () => (await all()).length).toBe(0);
    await retention.stop();
    expect(told).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('1 of audit_entries')));
    await repository.append([record({ time: daysAgo(100) })]);
    if (database().kind === 'postgresql') {
      const other = await place?.open();
      await other?.db.transaction().execute(async (trx) => {
        const { sql } = await import('kysely');
        await sql`select pg_advisory_xact_lock(5207001)`.execute(trx);
        expect(await prune({ db: database().db, limits: LIMITS, now: () => NOW, report: () => undefined })).toEqual(new Map());
      });
      await other?.close();
    }
    expect(await prune({ db: database().db, limits: LIMITS, now: () => NOW, report: () => undefined })).toEqual(new Map([['audit_entries', 1]]));
  });
});
