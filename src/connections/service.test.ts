// The life of connections on a store of this test's own: what a caller sees of operations that meet, fail, are cancelled or
// were left behind.
import { describe, expect, it } from 'vitest';
import { BODY, gate, LOCATION, newName, SECRET, world, type World, type WorldParts } from '../../test/connection-world.ts';
import { StatusError } from '../errors/status-error.ts';
import { beginOperation, type Operation } from '../operations/model.ts';
import { servingOf } from './model.ts';

const ONE = `${LOCATION}/connections/one`;

async function withOne(parts: WorldParts = {}, body: object = {}): Promise<World> {
  const place = world(parts);
  await place.service.create(LOCATION, 'one', { ...BODY, ...body });
  await place.settle();
  return place;
}

const wrongKey = new StatusError('FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED', { message: 'Invalid API Key provided: sk_test_****x (request id: req_aB3)' });

describe('a connection', () => {
  it('becomes ACTIVE when its check succeeds, and its operation answers it', async () => {
    const place = world();
    const begun = await place.service.create(LOCATION, 'one', BODY);
    expect(begun).toMatchObject({ done: false, metadata: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata', verb: 'create', requestedCancellation: false } });
    await place.settle();
    const { operation, previous, ...made } = await place.service.get(ONE);
    expect(made).toMatchObject({ status: { state: 'ACTIVE' }, connectionRevision: '1' });
    expect([operation, previous]).toEqual([undefined, undefined]);
    expect(await place.operations.get(begun.name)).toMatchObject({ done: true, response: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.Connection', status: { state: 'ACTIVE' } } });
  });

  const causes: readonly (readonly [string, WorldParts, RegExp])[] = [
    ['BACKEND_UNAUTHENTICATED', { tryOut: async () => Promise.reject(wrongKey) }, /^Invalid API Key provided: sk_test_\*{4}x\. Stripe did not accept/],
    ['SECRET_ROLE_MISSING', { rolesMissing: async (_member, [, second = '']) => [second] }, /connections@p\.iam\.gserviceaccount\.com lacks roles\/secretmanager\.secretAccessor on projects\/p\/secrets\/stripe\. Grant/],
    ['SECRET_UNAVAILABLE', { secretExists: async () => false, rolesMissing: async () => ['all'], tryOut: async () => Promise.reject(new StatusError('FAILED_PRECONDITION', 'SECRET_UNAVAILABLE', { message: 'Gone.' })) }, /^Gone\. Check/],
    ['PROXY_UNREACHABLE', { tryOut: async () => Promise.reject(new StatusError('UNAVAILABLE', 'PROXY_UNREACHABLE', { message: 'No proxy' })) }, /^No proxy\. Check host/],
    ['RESOURCE_NOT_FOUND', { serviceAccountExists: async () => false }, /service account connections@p/],
    ['INTERNAL', { tryOut: async () => Promise.reject(new Error('sk_live_geheim')) }, /^The connection could not be tried out: a fault of the server, see its log\.$/],
  ];
  it.each(causes)('ends in ERROR and says %s, while its operation succeeds', async (reason, parts, words) => {
    const place = await withOne(parts);
    const { status } = await place.service.get(ONE);
    expect(status).toEqual({ state: 'ERROR', status: reason, description: expect.stringMatching(words) });
    await place.service.recheck(ONE);
    await place.settle();
    expect((await place.service.get(ONE)).status, 'the same for the same cause').toEqual(status);
    expect([...place.stored.values()].map(({ done, error }) => [done, error])).toEqual([[true, undefined], [true, undefined]]);
  });

  it('asks for both roles on each secret that it names, once', async () => {
    const asked: unknown[] = [];
    await withOne({ rolesMissing: async (...question) => { asked.push(question); return []; } }, { configVariables: [{ key: 'proxy_password', secretValue: { secretVersion: `${SECRET}/versions/2` } }, { key: 'x', secretValue: { secretVersion: 'projects/q/secrets/x/versions/latest' } }] });
    const roles = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'];
    expect(asked).toEqual([SECRET, 'projects/q/secrets/x'].map((secret) => ['serviceAccount:connections@p.iam.gserviceaccount.com', roles, secret]));
  });

  it('says what it keeps though nothing uses it', async () => {
    const place = await withOne({}, { configVariables: [{ key: 'sample', stringValue: 'x' }] });
    expect((await place.service.get(ONE)).status).toEqual({ state: 'ACTIVE', description: expect.stringContaining('sample') });
  });

  it('is patched: the revision before serves until the new one was tried out', async () => {
    const first = gate();
    let checks = 0;
    const place = await withOne({ tryOut: async () => (++checks === 1 ? undefined : first.opened) }, { description: 'lama' });
    const before = await place.service.get(ONE);
    const begun = await place.service.patch(ONE, 'description,labels.env', { description: 'baru', labels: { env: 'prod' }, suspended: true });
    const during = await place.service.get(ONE);
    expect(during).toMatchObject({ status: { state: 'UPDATING' }, description: 'baru', connectionRevision: '2' });
    expect(servingOf(during)).toEqual(before);
    await expect(place.service.patch(ONE, 'description', {})).rejects.toMatchObject({ code: 'ABORTED', reason: 'OPERATION_IN_PROGRESS' });
    await expect.poll(() => place.told.at(-1)?.serving).toEqual([during.etag, before.etag]);
    first.open();
    await place.settle();
    const after = await place.service.get(ONE);
    expect(after).toMatchObject({ status: { state: 'ACTIVE' }, description: 'baru', labels: { env: 'prod' }, connectionRevision: '2' });
    expect(after).not.toHaveProperty('suspended');
    expect(place.told.at(-1)).toEqual({ name: ONE, serving: [after.etag, after.etag] });
    expect(await place.operations.get(begun.name)).toMatchObject({ done: true, metadata: { verb: 'update' }, response: { status: { state: 'ACTIVE' } } });
  });

  it('counts a patch that changes nothing, and none that is refused', async () => {
    const place = await withOne();
    await place.service.patch(ONE, 'description', {});
    await place.settle();
    await expect(place.service.patch(ONE, 'nodeConfig', { nodeConfig: { minNodeCount: 0 } })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    await expect(place.service.patch(ONE, 'createTime', {})).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(await place.service.get(ONE)).toMatchObject({ connectionRevision: '2', nodeConfig: { minNodeCount: 2 } });
  });

  it('rests while suspended, is not tried out then, and comes back', async () => {
    let checks = 0;
    const place = await withOne({ tryOut: async () => void (checks += 1) }, { suspended: true });
    expect([(await place.service.get(ONE)).status, checks]).toEqual([{ state: 'INACTIVE' }, 0]);
    await expect(place.service.recheck(ONE)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
    await place.service.patch(ONE, 'description', { description: 'x' });
    await place.settle();
    expect([(await place.service.get(ONE)).status, checks]).toEqual([{ state: 'INACTIVE' }, 0]);
    await place.service.patch(ONE, 'suspended', {});
    expect(servingOf(await place.service.get(ONE)), 'nothing serves until it was tried out').toBeUndefined();
    await place.settle();
    expect([(await place.service.get(ONE)).status, checks]).toEqual([{ state: 'ACTIVE' }, 1]);
    await place.service.patch(ONE, 'suspended', { suspended: true });
    await place.settle();
    expect(await place.service.get(ONE)).toMatchObject({ status: { state: 'INACTIVE' }, suspended: true });
  });

  it('takes no change while locked but of its lock, or one that unlocks it', async () => {
    const place = await withOne({}, { lockConfig: { locked: true, reason: 'Audit.' } });
    const locked = { code: 'FAILED_PRECONDITION', reason: 'CONNECTION_LOCKED', message: expect.stringContaining('Audit') };
    await expect(place.service.patch(ONE, 'description', { description: 'x' })).rejects.toMatchObject(locked);
    await expect(place.service.patch(ONE, 'lockConfig,description', { lockConfig: { locked: true, reason: 'Audit!' } })).rejects.toMatchObject(locked);
    await expect(place.service.patch(ONE, 'lockConfig.reason,description', {})).rejects.toMatchObject(locked);
    await expect(place.service.remove(ONE)).rejects.toMatchObject(locked);
    await place.service.patch(ONE, 'lockConfig,description', { description: 'buka' });
    await place.settle();
    expect(await place.service.get(ONE)).toMatchObject({ description: 'buka', status: { state: 'ACTIVE' } });
    await place.service.remove(ONE);
    await place.settle();
    expect(place.connections.size).toBe(0);
  });

  it('is not removed while something else runs on it', async () => {
    const held = gate();
    const place = world({ tryOut: () => held.opened });
    await place.service.create(LOCATION, 'one', BODY);
    await expect(place.service.remove(ONE)).rejects.toMatchObject({ code: 'ABORTED', reason: 'OPERATION_IN_PROGRESS' });
    held.open();
    await place.settle();
    const removing = await place.service.remove(ONE);
    await place.settle();
    expect(await place.operations.get(removing.name)).toMatchObject({ done: true, response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
    await expect(place.service.get(ONE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect.poll(() => place.told.at(-1)).toEqual({ name: ONE, serving: [] });
  });

  it('needs a project that exists, and room', async () => {
    const place = await withOne({ mostPerLocation: 1 });
    await expect(place.service.create('projects/q/locations/us-central1', 'one', BODY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(place.service.create(LOCATION, 'one', BODY)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await expect(place.service.create(LOCATION, 'two', BODY)).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED' });
  });

  it('is found by words in what it is called and in what it offers', async () => {
    const place = await withOne({}, { description: 'Toko Besar', labels: { env: 'prod' } });
    await place.service.create(LOCATION, 'two', BODY);
    await place.settle();
    const search = async (query: string): Promise<readonly unknown[]> => (await place.service.search('projects/p/locations/-', query, {})).items.map(({ connection, entity, action }) => [connection.name.at(-1), entity, action]);
    expect(await search('toko PROD')).toEqual([['e', undefined, undefined]]);
    expect(await search('customer')).toEqual([['e', 'Customer', undefined], ['o', 'Customer', undefined]]);
    expect(await search('besar invoice')).toEqual([['e', 'Invoice', 'FinalizeInvoice']]);
    expect(await search('besar subscription')).toEqual([]);
    await expect(search('  ')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });
});

describe('an operation that is cancelled', () => {
  /** A world whose check hangs until it is let go or stopped. */
  const hanging = (): WorldParts & { readonly let: () => void } => {
    const { opened, open } = gate();
    return {
      let: open,
      tryOut: async (_connection, signal) => {
        signal.throwIfAborted();
        await Promise.race([opened, new Promise<never>((_resolve, reject) => { signal.addEventListener('abort', () => reject(new Error('stopped'))); })]);
      },
    };
  };
  const cancelled = { done: true, metadata: { requestedCancellation: true }, error: { code: 1 } };

  it('leaves a creation in ERROR, which a patch mends', async () => {
    const parts = hanging();
    const place = world(parts);
    const begun = await place.service.create(LOCATION, 'one', BODY);
    await place.operations.cancel(begun.name);
    expect(await place.operations.get(begun.name)).toMatchObject({ done: false, metadata: { requestedCancellation: true } });
    await place.settle();
    expect(await place.operations.get(begun.name)).toMatchObject(cancelled);
    expect((await place.service.get(ONE)).status).toMatchObject({ state: 'ERROR', status: 'CANCELLED' });
    parts.let();
    await place.service.patch(ONE, 'description', {});
    await place.settle();
    expect((await place.service.get(ONE)).status.state).toBe('ACTIVE');
  });

  it('brings the revision before an update back', async () => {
    const place = await withOne({}, { description: 'lama' });
    const before = await place.service.get(ONE);
    const later = world({ ...hanging() });
    later.connections.set(ONE, before);
    const begun = await later.service.patch(ONE, 'description', { description: 'baru' });
    await later.operations.cancel(begun.name);
    await later.settle();
    expect(await later.operations.get(begun.name)).toMatchObject(cancelled);
    expect(await later.service.get(ONE)).toEqual(before);
  });

  it('before its work began is not begun', async () => {
    const place = world({ idle: true, tryOut: async () => Promise.reject(new Error('tried out')) });
    const begun = await place.service.create(LOCATION, 'one', BODY);
    await place.operations.cancel(begun.name);
    await place.service.run(begun.name, new AbortController().signal);
    expect(await place.operations.get(begun.name)).toMatchObject(cancelled);
  });

  it('after the source answered, but before that was stored, ends as cancelled', async () => {
    const place: World = world({ idle: true, tryOut: async () => place.operations.cancel([...place.stored.keys()][0] ?? '') });
    const begun = await place.service.create(LOCATION, 'one', BODY);
    await place.service.run(begun.name, new AbortController().signal);
    expect(await place.operations.get(begun.name)).toMatchObject(cancelled);
  });

  it('when it has ended stays as it is; a removal that has begun goes on', async () => {
    const place = await withOne({ idle: true });
    const [made] = [...place.stored.keys()];
    const run = async (name: string): Promise<void> => place.service.run(name, new AbortController().signal);
    await run(made ?? '');
    await place.operations.cancel(made ?? '');
    expect(await place.operations.get(made ?? '')).toMatchObject({ done: true, metadata: { requestedCancellation: false }, response: {} });
    const removing = await place.service.remove(ONE);
    await place.operations.cancel(removing.name);
    await run(removing.name);
    expect(place.connections.size).toBe(0);
    expect(await place.operations.get(removing.name)).toMatchObject({ done: true, response: {}, metadata: { requestedCancellation: true } });
    await expect(place.operations.cancel(`${LOCATION}/operations/none`)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('and stopped for another reason is left for who takes it up', async () => {
    const place = world({ idle: true, ...hanging() });
    const begun = await place.service.create(LOCATION, 'one', BODY);
    const stop = new AbortController();
    const running = place.service.run(begun.name, stop.signal);
    stop.abort(new Error('the process ends'));
    await expect(running).rejects.toThrow('the process ends');
    expect(await place.operations.get(begun.name)).toMatchObject({ done: false });
    expect((await place.service.get(ONE)).status.state).toBe('CREATING');
  });
});

describe('operations side by side', () => {
  it('make 200 connections at once', async () => {
    const place = world({ tryOut: () => new Promise((done) => { setTimeout(done, Math.random() * 5); }), beforeWrite: () => new Promise((done) => { setTimeout(done, Math.random() * 5); }) });
    const begun = await Promise.all(Array.from({ length: 200 }, async () => place.service.create(LOCATION, newName(), BODY)));
    await place.settle();
    expect([...place.connections.values()].filter(({ status }) => status.state === 'ACTIVE')).toHaveLength(200);
    for (const { name } of begun) expect((await place.operations.get(name)).done).toBe(true);
    await Promise.all([...place.connections.keys()].map(async (name) => place.service.remove(name)));
    await place.settle();
    expect(place.connections.size).toBe(0);
  });

  it('run twice at a time end once', async () => {
    let checks = 0;
    const place = world({ idle: true, tryOut: async () => void (checks += 1), beforeWrite: () => new Promise((done) => { setTimeout(done, 5); }) });
    const begun = await place.service.create(LOCATION, 'one', BODY);
    const signal = new AbortController().signal;
    await Promise.all([place.service.run(begun.name, signal), place.service.run(begun.name, signal)]);
    expect(checks).toBe(2);
    const ended = await place.operations.get(begun.name);
    const made = place.connections.get(ONE);
    expect([ended.done, made?.status.state]).toEqual([true, 'ACTIVE']);
    await place.service.run(begun.name, signal);
    expect([await place.operations.get(begun.name), place.connections.get(ONE), checks]).toEqual([ended, made, 2]);
    const removing = await place.service.remove(ONE);
    await Promise.all([place.service.run(removing.name, signal), place.service.run(removing.name, signal)]);
    expect(await place.operations.get(removing.name)).toMatchObject({ done: true, response: {} });
  });

  it('end in an error where their connection is gone or another works on it', async () => {
    const place = await withOne({ idle: true });
    const orphan = beginOperation(LOCATION, 'create', `${LOCATION}/connections/none`, new Date());
    const late: Operation = beginOperation(LOCATION, 'update', ONE, new Date());
    for (const operation of [orphan, late]) place.stored.set(operation.name, operation);
    for (const { name } of [orphan, late]) await place.service.run(name, new AbortController().signal);
    expect(place.stored.get(orphan.name)).toMatchObject({ done: true, error: { code: 5 } });
    expect(place.stored.get(late.name)).toMatchObject({ done: true, error: { code: 10 } });
    expect(Object.keys(place.stored.get(late.name)?.error ?? {}).toSorted()).toEqual(['code', 'details', 'message']);
    expect(place.connections.get(ONE)?.status.state).toBe('CREATING');
  });
});

describe('a connection that is only looked at', () => {
  const lacks: WorldParts = { rolesMissing: async (_member, [, second = '']) => [second] };

  it('has the faults that its making has, and is not made', async () => {
    const place = world(lacks);
    const bad = { ...BODY, nodeConfig: { minNodeCount: 0 }, labels: { 'BAD': 'x' }, configVariables: [{ key: 'proxy_enabled', boolValue: true }] };
    const { faults } = await place.service.validate(LOCATION, 'No', bad);
    await expect(place.service.create(LOCATION, 'No', bad)).rejects.toMatchObject({ violations: faults });
    expect(faults.map(({ field }) => field)).toEqual(['connectionId', 'labels.BAD', 'nodeConfig.minNodeCount', 'destinationConfigs']);
    expect(await world().service.validate(LOCATION, 'one', { ...BODY, configVariables: [{ key: 'sample', stringValue: 'x' }] })).toEqual({ faults: [], warnings: [expect.stringContaining('sample')], missingRoles: [] });
    expect([place.connections.size, place.stored.size]).toEqual([0, 0]);
  });

  it('is told when its name is taken, and what its service account lacks, whatever else is wrong', async () => {
    const place = await withOne(lacks);
    expect(await place.service.validate(LOCATION, 'one', { ...BODY, connectorVersion: '' })).toMatchObject({
      faults: [{ field: 'connectorVersion' }, { field: 'connectionId', description: '"one" exists already in us-central1' }],
      missingRoles: [{ secret: SECRET, roles: ['roles/secretmanager.secretAccessor'] }],
    });
  });

  it('tells nothing of the roles of an account that the caller may not act as', async () => {
    const refuse = (account: string): void => { throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: `not as ${account}` }); };
    expect(await world(lacks).service.validate(LOCATION, 'one', BODY, refuse)).toEqual({ faults: [{ field: 'serviceAccount', description: 'not as connections@p.iam.gserviceaccount.com' }], warnings: [], missingRoles: [] });
    await expect(world().service.validate('projects/q/locations/us-central1', 'one', BODY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
