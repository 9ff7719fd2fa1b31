// konektor doctor against real servers, connections and faults: what is wrong is told at its step, with what to do, and ends the
// command with the code of what failed first.
import { createServer, request as httpRequest, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from './command-here.ts';
import type { CommandEnd } from './running-command.ts';
import { DEMO, emptyFolder, newFolder, removeFolder, startServer, TOKEN, type RunningServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const KEY = 'projects/demo/secrets/stripe-api-key/versions/1';

let folder: string;
let server: RunningServer;
/** Stands before the sandbox with a clock of its own. */
let skewed: Server;
/** A proxy that knows nobody. */
let proxy: Server;
let skewSeconds = 0;
let version: string | undefined;
const portOf = (one: Server): number => (one.address() as AddressInfo).port;

async function listening(one: Server): Promise<Server> {
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  return one;
}

beforeAll(async () => {
  folder = newFolder();
  let sandbox = '';
  skewed = await listening(createServer((incoming, reply) => {
    incoming.pipe(httpRequest(`${sandbox}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 500, { ...answer.headers, date: new Date(Date.now() + skewSeconds * 1_000).toUTCString(), ...(version === undefined ? {} : { 'stripe-version': version }) });
      answer.pipe(reply);
    }));
  }));
  proxy = await listening(createServer((_incoming, reply) => void reply.writeHead(407, { 'proxy-authenticate': 'Basic realm="x"' }).end()));
  proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="x"\r\ncontent-length: 0\r\n\r\n'));
  server = await startServer(folder, { KONEKTOR_ALLOW_STRIPE_HOSTS: `127.0.0.1:${portOf(skewed)},127.0.0.1:9` });
  sandbox = server.sandboxUrl;
});
afterAll(async () => {
  await server.stop();
  for (const one of [skewed, proxy]) {
    one.closeAllConnections();
    one.close();
  }
  removeFolder(folder);
});

const here = (): Readonly<Record<string, string>> => ({ KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN });

interface Told {
  readonly id: string;
  readonly outcome: string;
  readonly message: string;
  readonly hint?: string;
  readonly code?: string;
}

async function doctor(...words: readonly string[]): Promise<CommandEnd & { readonly steps: ReadonlyMap<string, Told> }> {
  const end = await command(['doctor', ...words, '--json'], here());
  const { steps } = JSON.parse(end.out) as { readonly steps: readonly Told[] };
  return { ...end, steps: new Map(steps.map((step) => [step.id, step])) };
}

const make = async (id: string, more: object): Promise<void> => {
  const { status, body } = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: KEY } }] }, ...more,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  await expect.poll(async () => (await server.call('GET', `/v1/${body.name}`)).body['done'], { timeout: 30_000 }).toBe(true);
};

describe('konektor doctor', () => {
  it('looks at the server and lists the connections with their states', async () => {
    const { exitCode, out, err } = await command(['doctor'], here());
    expect([exitCode, err]).toEqual([0, '']);
    for (const line of [/^ok +Server +http:\/\/127/m, /^ok +Ready/m, /^ok +Token/m, /^warning +Database +Embedded[^]*not of the power/m, /^ok +Queue/m]) expect(out).toMatch(line);
    expect(out).toMatch(new RegExp(`^${DEMO} +ACTIVE`, 'm'));
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(out, 'plain text where there is no terminal').not.toMatch(/[\u001b✓✗→]/);
  });

  it('finds nothing wrong with the demo, by its short name or its whole one', async () => {
    for (const name of ['stripe-sandbox', DEMO]) {
      const { exitCode, steps, out } = await doctor(name);
      expect([...steps.values()].filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect([exitCode, JSON.parse(out)]).toEqual([0, expect.objectContaining({ healthy: true })]);
      for (const id of ['server', 'ready', 'token', 'permission', 'state', 'serviceAccount', 'secretRoles', 'secrets', 'key', 'destination', 'network', 'account', 'clock', 'apiVersion', 'capacity', 'writes']) expect(steps.get(id)?.outcome, id).toBe('ok');
      expect(steps.get('key')?.message).toBe('A test key.');
      expect(out).not.toContain('sk_test');
    }
  });

  it('says where no server is, and whose token is not taken', async () => {
    const nowhere = emptyFolder();
    const none = await command(['doctor'], { KONEKTOR_DATA_DIR: nowhere });
    expect(none.exitCode).toBe(75);
    expect(none.out).toMatch(/^FAILED +Server +No server runs[^]*> Start one/m);
    const gone = await command(['doctor', '--server', 'http://127.0.0.1:1', '--token', 'x'], { KONEKTOR_DATA_DIR: nowhere });
    expect([gone.exitCode, gone.out]).toEqual([75, expect.stringMatching(/^FAILED +Server +http:\/\/127\.0\.0\.1:1 cannot be reached/m)]);
    const stranger = await command(['doctor', 'stripe-sandbox', '--server', server.url, '--token', 'wrong-token-wrong-token'], { KONEKTOR_DATA_DIR: nowhere });
    expect([stranger.exitCode, stranger.out]).toEqual([4, expect.stringMatching(/^ok +Ready[^]*^FAILED +Token/m)]);
    removeFolder(nowhere);
  });

  it('says which permission is missing, and which name', async () => {
    const { body } = await server.call('POST', '/v1/tokens', { member: 'user:ani@example.com' });
    const as = ['--server', server.url, '--token', String(body['token'])];
    const denied = await command(['doctor', DEMO, ...as], {});
    expect([denied.exitCode, denied.out]).toEqual([4, expect.stringMatching(/^FAILED +Permission +PERMISSION_DENIED[^]*connectors\.connections\.get/m)]);
    expect(await command(['doctor', 'stripe-sandbox', ...as], {}), 'what is not seen is not named').toMatchObject({ exitCode: 5 });
    expect(await doctor(`${DEMO}-not`)).toMatchObject({ exitCode: 5 });
  });

  it('tells a service account without roles', async () => {
    expect((await server.call('POST', '/v1/projects/demo/serviceAccounts', { accountId: 'powerless' })).status).toBe(200);
    await make('powerless', { serviceAccount: 'powerless@demo.iam.gserviceaccount.com' });
    const { exitCode, steps } = await doctor('powerless');
    expect(exitCode).toBe(3);
    expect(steps.get('state')).toMatchObject({ outcome: 'failed', message: expect.stringContaining('ERROR') });
    expect(steps.get('secretRoles')).toMatchObject({ outcome: 'failed', message: expect.stringContaining('roles/secretmanager.viewer, roles/secretmanager.secretAccessor'), hint: expect.stringContaining('setIamPolicy') });
    for (const id of ['secrets', 'key', 'account', 'clock']) expect(steps.get(id), id).toMatchObject({ outcome: 'skipped', message: expect.stringContaining('"Roles on secrets" comes first') });
    expect(steps.get('network')?.outcome).toBe('ok');
  });

  it('tells a key of the wrong kind, one that Stripe refuses, and a version that is not there', async () => {
    expect((await server.call('POST', '/v1/projects/demo/secrets?secretId=wrong', { replication: { automatic: {} } })).status).toBe(200);
    const bindings = ['viewer', 'secretAccessor'].map((role) => ({ role: `roles/secretmanager.${role}`, members: ['serviceAccount:connections@demo.iam.gserviceaccount.com'] }));
    expect((await server.call('POST', '/v1/projects/demo/secrets/wrong:setIamPolicy', { policy: { bindings } })).status).toBe(200);
    const keys = [['pk_', 'test_notOfUse0000000'].join(''), 'sk_of_no_mode_0000000000'];
    for (const key of keys) expect((await server.call('POST', '/v1/projects/demo/secrets/wrong:addVersion', { payload: { data: Buffer.from(key).toString('base64') } })).status).toBe(200);
    for (const number of [1, 2, 3]) await make(`key-${number}`, { authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `projects/demo/secrets/wrong/versions/${number}` } }] } });
    const [publishable, unknown, missing] = [await doctor('key-1'), await doctor('key-2'), await doctor('key-3')];
    expect(publishable.steps.get('key')).toMatchObject({ outcome: 'failed', message: expect.stringContaining('publishable') });
    expect(unknown.steps.get('key')).toMatchObject({ outcome: 'ok' });
    expect(unknown.steps.get('account')).toMatchObject({ outcome: 'failed', code: 'FAILED_PRECONDITION', hint: expect.stringContaining('new version of its secret') });
    expect(missing.steps.get('secrets')).toMatchObject({ outcome: 'failed' });
    for (const { out } of [publishable, unknown]) for (const key of keys) expect(out).not.toContain(key.slice(3));
  });

  it('tells a host that does not answer', async () => {
    await make('deaf', { destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: 9 }] }] });
    const { steps } = await doctor('deaf');
    expect(steps.get('network')).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/http:\/\/127\.0\.0\.1:9: .*ECONNREFUSED/), code: 'UNAVAILABLE' });
    expect(steps.get('account')).toMatchObject({ outcome: 'skipped' });
  });

  it('tells a proxy that is away, and one that does not know us', async () => {
    const through = (port: number, more: readonly object[] = []): object => ({
      configVariables: [{ key: 'proxy_enabled', boolValue: true }, ...more],
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }, { key: 'proxy_server', destinations: [{ host: '127.0.0.1', port }] }],
    });
    await make('proxy-away', through(9));
    await make('proxy-stranger', through(portOf(proxy), [
      { key: 'proxy_auth_scheme', stringValue: 'BASIC' }, { key: 'proxy_user', stringValue: 'ani' }, { key: 'proxy_password', secretValue: { secretVersion: KEY } },
    ]));
    const away = await doctor('proxy-away');
    expect(away.steps.get('proxy')).toMatchObject({ outcome: 'failed', message: expect.stringContaining('127.0.0.1:9'), hint: expect.stringContaining('proxy_server') });
    const stranger = await doctor('proxy-stranger');
    expect(stranger.steps.get('proxy')).toMatchObject({ outcome: 'failed', hint: expect.stringContaining('proxy_password') });
    expect(stranger.steps.get('network')).toMatchObject({ outcome: 'skipped' });
  });

  it('tells clocks that are apart, and another version of the API', async () => {
    await make('skewed', { destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: portOf(skewed) }] }] });
    for (const [seconds, outcome, direction] of [[0, 'ok', ''], [-60, 'warning', 'ahead of'], [3_600, 'failed', 'behind']] as const) {
      skewSeconds = seconds;
      expect((await doctor('skewed')).steps.get('clock'), String(seconds)).toMatchObject({ outcome, message: expect.stringContaining(direction) });
    }
    skewSeconds = 0;
    version = '2019-01-01';
    expect((await doctor('skewed')).steps.get('apiVersion')).toMatchObject({ outcome: 'warning', message: expect.stringContaining('2019-01-01') });
    version = undefined;
  });

  it('tells a connection that is suspended, and changes nothing of it', async () => {
    await make('resting', { suspended: true });
    const before = (await server.call('GET', `/v1/${LOCATION}/connections/resting`)).body;
    const { exitCode, steps } = await doctor('resting');
    expect([exitCode, steps.get('state')]).toEqual([3, expect.objectContaining({ outcome: 'failed', hint: expect.stringContaining('suspended') })]);
    expect(steps.get('account')?.outcome, 'the rest is looked at all the same').toBe('ok');
    expect((await server.call('GET', `/v1/${LOCATION}/connections/resting`)).body).toEqual(before);
  });
});
