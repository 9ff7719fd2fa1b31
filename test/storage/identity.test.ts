// Policies and tokens on both databases: what their ports promise, and that changes reach every process.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../src/iam/authenticate.ts';
import { createAuthorizer } from '../../src/iam/authorize.ts';
import { createPolicyService } from '../../src/iam/policy-service.ts';
import { drawPolicyEtag, NO_POLICY_ETAG, type Policy } from '../../src/iam/policy.ts';
import { ADMIN, createPrincipal } from '../../src/iam/principal.ts';
import { createTokenService } from '../../src/iam/token-service.ts';
import { drawToken, hashKey, hashToken, newTokenId, type Token } from '../../src/iam/tokens.ts';
import type { Database } from '../../src/storage/database.ts';
import { createPolicyRepository, removePolicyWithin } from '../../src/storage/policy-repository.ts';
import { createTokenRepository, removeTokensWithin } from '../../src/storage/token-repository.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const ANI = 'user:ani@example.com';
const ROBOT = 'serviceAccount:robot@p.iam.gserviceaccount.com';

function policy(...members: readonly string[]): Policy {
  return { version: 1, etag: drawPolicyEtag(), bindings: [{ role: 'roles/viewer', members }] };
}

function token(member: string, time: number): { readonly record: Token; readonly hash: Buffer } {
  const at = new Date(NOW.getTime() + time);
  return {
    record: { id: newTokenId(at), member, displayName: 'ujian', createdBy: 'admin', createTime: at.toISOString(), expireTime: new Date(at.getTime() + 60_000).toISOString() },
    hash: hashToken(drawToken()),
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the set-up failed');
  return value;
}

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('identity on %s', (name, create) => {
  let place: TestDatabase | undefined;
  let database: Database | undefined;
  const open = (): Database => {
    if (database === undefined) throw new Error('the database is not open');
    return database;
  };
  const told: { readonly topic: string; readonly key: string | undefined }[] = [];
  const tellings = (topic: string): readonly (string | undefined)[] => told.filter((one) => one.topic === topic).map(({ key }) => key);
  beforeAll(async () => {
    place = await create();
    database = await place.open();
    for (const topic of ['policy', 'token'] as const) database.changes.on(topic, (key) => told.push({ topic, key }));
  });
  afterAll(async () => {
    await database?.close();
    await place?.remove();
  });

  it('keeps policies, and changes them only where they are still what was read', async () => {
    const policies = createPolicyRepository(open().db);
    const [first, second, third] = [policy('user:a@example.com'), policy('user:b@example.com'), policy('user:c@example.com')];
    expect(await policies.find('projects/one')).toBeUndefined();
    await policies.store('projects/one', first, NO_POLICY_ETAG);
    expect(await policies.find('projects/one')).toEqual(first);
    await expect(policies.store('projects/one', second, NO_POLICY_ETAG)).rejects.toMatchObject({ code: 'ABORTED', reason: 'ETAG_MISMATCH' });
    await policies.store('projects/one', second, first.etag);
    await expect(policies.store('projects/one', third, first.etag)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await policies.find('projects/one')).toEqual(second);
    await policies.store('projects/one', third, undefined);
    expect(await policies.find('projects/one')).toEqual(third);
    await expect.poll(() => tellings('policy').filter((key) => key === 'projects/one')).toHaveLength(3);
  });

  it('lets one of several that read the same win', async () => {
    const policies = createPolicyRepository(open().db);
    const all = await Promise.allSettled(Array.from({ length: 5 }, (_, index) => policies.store('projects/race', policy(`user:a${index}@example.com`), NO_POLICY_ETAG)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('adds bindings side by side and loses none', async () => {
    const policies = createPolicyRepository(open().db);
    const members = Array.from({ length: 8 }, (_, index) => `user:a${index}@example.com`);
    await Promise.all(members.map((member) => policies.bind('projects/bound', [{ role: 'roles/owner', members: [member] }])));
    await policies.bind('projects/bound', [{ role: 'roles/viewer', members: [ANI] }, { role: 'roles/owner', members: [members[0] ?? ''] }]);
    const bindings = (await policies.find('projects/bound'))?.bindings ?? [];
    expect(bindings.map(({ role }) => role)).toEqual(['roles/owner', 'roles/viewer']);
    expect(bindings[0]?.members.toSorted()).toEqual(members);
  });

  it('leaves nothing to a resource that is made anew', async () => {
    const { db } = open();
    const policies = createPolicyRepository(db);
    await policies.bind('projects/p/secrets/gone', [{ role: 'roles/owner', members: [ANI] }]);
    await db.transaction().execute((trx) => removePolicyWithin(trx, 'projects/p/secrets/gone'));
    expect(await policies.find('projects/p/secrets/gone')).toBeUndefined();
  });

  it('serves policies: merged, with etags, and with the parts that a mask leaves', async () => {
    const repository = createPolicyRepository(open().db);
    const authorizer = createAuthorizer(repository);
    const policies = createPolicyService({ policies: repository, authorizer, exists: async (resource) => resource === 'projects/served' });
    const ani = createPrincipal(ANI, [], new Set(), Infinity);
    expect(await policies.get('projects/served')).toEqual({ etag: NO_POLICY_ETAG });
    expect(await authorizer.allowed(ani, 'connectors.connections.list', 'projects/served/locations/l')).toBe(false);
    const set = await policies.set('projects/served', { policy: { etag: NO_POLICY_ETAG, bindings: [{ role: 'roles/connectors.viewer', members: [ANI] }], auditConfigs: [{ service: 'allServices' }] }, updateMask: 'bindings,etag,auditConfigs' });
    expect(await authorizer.allowed(ani, 'connectors.connections.list', 'projects/served/locations/l')).toBe(true);
    expect(await policies.get('projects/served')).toEqual(set);
    await expect(policies.set('projects/served', { policy: { etag: NO_POLICY_ETAG, bindings: [] } })).rejects.toMatchObject({ code: 'ABORTED', reason: 'ETAG_MISMATCH' });
    expect(await policies.test(ani, 'projects/served', { permissions: ['connectors.connections.list', 'connectors.connections.create'] })).toEqual({ permissions: ['connectors.connections.list'] });
    expect(await policies.test(ADMIN, 'projects/missing', { permissions: ['connectors.connections.list'] })).toEqual({});
    const emptied = await policies.set('projects/served', { policy: {} });
    expect(emptied).toEqual({ version: 1, etag: expect.stringMatching(/^[\w+/]+=*$/), auditConfigs: [{ service: 'allServices' }] });
    expect(await authorizer.allowed(ani, 'connectors.connections.list', 'projects/served/locations/l')).toBe(false);
    for (const call of [policies.get('projects/missing'), policies.set('projects/missing', { policy: {} })]) await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'RESOURCE_NOT_FOUND' });
    const many = await Promise.all(Array.from({ length: 3 }, () => policies.set('projects/served', { policy: { bindings: [] } })));
    expect(new Set(many.map(({ etag }) => etag)).size).toBe(3);
  });

  it('finds tokens by their hash, newest first in lists', async () => {
    const tokens = createTokenRepository(open().db);
    const all = [token(ANI, 1), token(ROBOT, 2), token(ANI, 3)];
    for (const { record, hash } of all) await tokens.insert(record, hash, 100);
    const ids = all.map(({ record }) => record.id);
    for (const { record, hash } of all) expect(await tokens.findByHash(hash)).toEqual(record);
    expect(await tokens.findByHash(hashToken('other'))).toBeUndefined();
    expect((await tokens.list({ size: 10 })).map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await tokens.list({ size: 10, member: ANI })).map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect((await tokens.list({ size: 1, after: ids[2] ?? '' })).map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('revokes and removes tokens, and tells of it', async () => {
    const { db } = open();
    const tokens = createTokenRepository(db);
    const [one, two, three] = [token(ANI, 11), token(ANI, 12), token('user:gone@example.com', 13)];
    for (const { record, hash } of [one, two, three]) await tokens.insert(record, hash, 100);
    const revoked = await tokens.revoke(one.record.id, NOW.toISOString());
    expect(revoked).toEqual({ ...one.record, revokeTime: NOW.toISOString() });
    expect(await tokens.revoke(one.record.id, new Date(0).toISOString())).toEqual(revoked);
    expect(await tokens.findByHash(one.hash)).toEqual(revoked);
    expect(await tokens.revoke('missing', NOW.toISOString())).toBeUndefined();
    expect(await tokens.remove(two.record.id)).toBe(true);
    expect(await tokens.remove(two.record.id)).toBe(false);
    await db.transaction().execute((trx) => removeTokensWithin(trx, 'user:gone@example.com'));
    expect(await tokens.find(three.record.id)).toBeUndefined();
    await expect.poll(() => tellings('token')).toEqual([one, two, three].map(({ hash }) => hashKey(hash)));
  });

  // A folder of PGlite belongs to one process.
  if (name === 'PostgreSQL') it('tells every process of a revoked token and a changed policy', async () => {
    const other = await required(place).open();
    try {
      const [here, there] = [createTokenRepository(open().db), createTokenRepository(other.db)];
      const authenticator = createAuthenticator({
        adminToken: drawToken(), tokens: there, accountExists: async () => true, accountState: () => 'MISSING', admins: new Set(), allowAnonymous: false, now: () => NOW,
        verifySigned: () => { throw new Error('no signed token was sent'); },
      });
      other.changes.on('token', (key) => authenticator.forget(key));
      const authorizer = createAuthorizer(createPolicyRepository(other.db));
      other.changes.on('policy', (resource) => authorizer.forget(resource));

      const shown = drawToken();
      const { record } = token(ANI, 20);
      await here.insert(record, hashToken(shown), 100);
      const ani = await authenticator.authenticate(shown);
      expect(authenticator.authenticate(shown)).toBe(ani);
      expect(await authorizer.allowed(ani, 'connectors.connections.get', 'projects/shared')).toBe(false);
      await createPolicyRepository(open().db).bind('projects/shared', [{ role: 'roles/viewer', members: [ANI] }]);
      await expect.poll(async () => authorizer.allowed(ani, 'connectors.connections.get', 'projects/shared')).toBe(true);
      await here.revoke(record.id, NOW.toISOString());
      await expect.poll(async () => {
        try {
          return (await authenticator.authenticate(shown)).id;
        } catch (error) {
          return error instanceof Error ? error.message : error;
        }
      }).toContain('revoked');
    } finally {
      await other.close();
    }
  });

  it('mints for oneself, for accounts that one may mint for, and for anyone by an administrator', async () => {
    const tokens = createTokenRepository(open().db);
    const policies = createPolicyRepository(open().db);
    await policies.bind('projects/p/serviceAccounts/robot@p.iam.gserviceaccount.com', [{ role: 'roles/iam.serviceAccountTokenCreator', members: [ANI] }]);
    const service = createTokenService({
      tokens, authorizer: createAuthorizer(policies), accountExists: async (email) => email.startsWith('robot@'), usualSeconds: 100, longestSeconds: 1_000, mostTokens: 5, changed: () => undefined, now: () => NOW,
    });
    const in50 = createPrincipal(ANI, ['group:g'], new Set(), NOW.getTime() + 50_000);
    const budi = createPrincipal('user:budi@example.com', [], new Set(), NOW.getTime() + 5_000_000);
    const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1_000).toISOString();

    const own = await service.mint(in50, { displayName: 'laptop' });
    expect(own).toMatchObject({ member: ANI, displayName: 'laptop', createdBy: ANI, expireTime: at(50), token: expect.stringMatching(/^konektor_/) });
    expect(await tokens.findByHash(hashToken(own.token))).not.toHaveProperty('token');
    await expect(service.mint(in50, { lifetime: '51s' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await service.mint(budi, { expireTime: at(1_000) })).toMatchObject({ expireTime: at(1_000) });
    await expect(service.mint(budi, { lifetime: '1001s' })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await service.mint(in50, { member: ROBOT, lifetime: '600s' })).toMatchObject({ member: ROBOT, createdBy: ANI, expireTime: at(600) });
    await expect(service.mint(budi, { member: ROBOT })).rejects.toMatchObject({ code: 'PERMISSION_DENIED', metadata: { permission: 'iam.serviceAccounts.getAccessToken' } });
    await expect(service.mint(budi, { member: ANI })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await service.mint(ADMIN, { member: 'user:Ani@EXAMPLE.com' })).toMatchObject({ member: ANI, createdBy: 'admin', expireTime: at(100) });
    await expect(service.mint(ADMIN, {})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(service.mint(ADMIN, { member: 'serviceAccount:nobody@p.iam.gserviceaccount.com' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.mint(ADMIN, { member: 'group:g', displayName: 'x'.repeat(201), lifetime: '0s', expireTime: at(-1) })).rejects.toMatchObject({
      violations: ['member', 'displayName', 'expireTime', 'lifetime', 'expireTime'].map((field) => expect.objectContaining({ field })),
    });

    const eager = createPrincipal('user:eager@example.com', [], new Set(), NOW.getTime() + 5_000_000);
    const five = [];
    for (let count = 0; count < 5; count += 1) five.push(await service.mint(eager, {}));
    await expect(service.mint(eager, {})).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'LIMIT_REACHED' });
    await service.revoke(eager, five[0]?.id ?? '');
    expect(await service.mint(eager, {})).toMatchObject({ member: 'user:eager@example.com' });

    const hasty = createPrincipal('user:hasty@example.com', [], new Set(), NOW.getTime() + 5_000_000);
    const atOnce = await Promise.allSettled(Array.from({ length: 12 }, () => service.mint(hasty, {})));
    expect(atOnce.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const one of atOnce) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'LIMIT_REACHED' });
    expect(await tokens.list({ size: 20, member: hasty.id })).toHaveLength(5);

    expect((await service.list(budi, { size: 10 })).map(({ member }) => member)).toEqual(['user:budi@example.com']);
    expect((await service.list(in50, { size: 10, member: ROBOT })).length).toBeGreaterThan(0);
    await expect(service.list(budi, { size: 10, member: ROBOT })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(service.get(budi, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(service.revoke(budi, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await service.revoke(in50, own.id)).toMatchObject({ revokeTime: NOW.toISOString() });
    await service.remove(ADMIN, own.id);
    await expect(service.get(in50, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
