// Connections that leave through a real squid, on the whole server: their rows, and each state of error that a proxy can bring them to.
import { createServer as createSecureServer, type Server } from 'node:https';
import { request as forward } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../proxy/certificates.ts';
import { findSquid, startSquid, type Squid } from '../proxy/squid.ts';
import { newFolder, removeFolder, startServer, type Reply, type RunningServer } from './running-server.ts';

const found = findSquid();
const LOCATION = 'projects/demo/locations/us-central1';
const PASSWORD = 'rahasia-proxy-42';

describe.skipIf(found === undefined)('a connection through squid', () => {
  const authority = createAuthority('Authority of tests');
  let [certificates, folder] = ['', ''];
  let squids: Readonly<Record<'BASIC' | 'DIGEST', Squid>>;
  let server: RunningServer;
  let front: Server;
  let frontPort = 0;

  beforeAll(async () => {
    if (found === undefined) return;
    [certificates, folder] = [mkdtempSync(join(tmpdir(), 'konektor-ca-')), newFolder()];
    const certificate = authority.issue(['localhost'], ['127.0.0.1']);
    // The sandbox speaks http; this speaks TLS in front of it, as Stripe does.
    front = createSecureServer({ cert: certificate.certificate, key: certificate.key }, (incoming, outgoing) => {
      const onward = forward(`${server.sandboxUrl}${incoming.url ?? ''}`, { method: incoming.method, headers: incoming.headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      });
      incoming.pipe(onward);
    });
    await new Promise<void>((ready) => { front.listen(0, '127.0.0.1', ready); });
    const address = front.address();
    frontPort = typeof address === 'object' && address !== null ? address.port : 0;
    const options = { user: 'budi', password: PASSWORD, certificate };
    const [BASIC, DIGEST] = await Promise.all([startSquid(found, { ...options, scheme: 'BASIC', refused: [9] }), startSquid(found, { ...options, scheme: 'DIGEST' })]);
    squids = { BASIC, DIGEST };
    writeFileSync(join(certificates, 'ca.pem'), authority.certificate);
    server = await startServer(folder, { KONEKTOR_CA_FILE: join(certificates, 'ca.pem'), KONEKTOR_ALLOW_STRIPE_HOSTS: `localhost:${frontPort},localhost:9` });
    for (const [secret, value] of [['proxy-password', PASSWORD], ['proxy-salah', 'salah']] as const) {
      expect((await server.call('POST', `/v1/projects/demo/secrets?secretId=${secret}`, { replication: { automatic: {} } })).status).toBe(200);
      expect((await server.call('POST', `/v1/projects/demo/secrets/${secret}:addVersion`, { payload: { data: Buffer.from(value).toString('base64') } })).status).toBe(200);
      const bindings = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'].map((role) => ({ role, members: ['serviceAccount:connections@demo.iam.gserviceaccount.com'] }));
      expect((await server.call('POST', `/v1/projects/demo/secrets/${secret}:setIamPolicy`, { policy: { bindings } })).status).toBe(200);
    }
  });
  afterAll(async () => {
    await server?.stop();
    await Promise.all([squids?.BASIC.stop(), squids?.DIGEST.stop()]);
    front?.closeAllConnections();
    front?.close();
    removeFolder(folder);
    rmSync(certificates, { recursive: true, force: true });
  });

  interface Wanted {
    readonly scheme: 'BASIC' | 'DIGEST';
    readonly ssl: string;
    readonly target: { readonly host: string; readonly port?: number };
    readonly password?: string;
    readonly servers?: readonly number[];
  }

  /** Makes the connection, waits for its operation, and shows it. */
  async function make(id: string, { scheme, ssl, target, password = 'proxy-password', servers }: Wanted): Promise<Reply> {
    const demo = await server.call('GET', `/v1/${LOCATION}/connections/stripe-sandbox?view=FULL`);
    const { connectorVersion, authConfig, serviceAccount } = demo.body;
    const begun = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, {
      connectorVersion, authConfig, serviceAccount,
      configVariables: [
        { key: 'proxy_enabled', boolValue: true }, { key: 'proxy_auth_scheme', stringValue: scheme }, { key: 'proxy_user', stringValue: 'budi' }, { key: 'proxy_ssltype', stringValue: ssl },
        { key: 'proxy_password', secretValue: { secretVersion: `projects/demo/secrets/${password}/versions/1` } }, { key: 'verbosity', stringValue: '5' },
      ],
      destinationConfigs: [
        { key: 'stripe_api', destinations: [target] },
        { key: 'proxy_server', destinations: (servers ?? [ssl === 'ALWAYS' ? squids[scheme].tlsPort : squids[scheme].port]).map((port) => ({ host: '127.0.0.1', port })) },
      ],
    });
    expect(begun.body.error).toBeUndefined();
    await expect.poll(async () => (await server.call('GET', `/v1/${begun.body.name}`)).body['done'], { timeout: 30_000 }).toBe(true);
    return server.call('GET', `/v1/${LOCATION}/connections/${id}`);
  }

  const cases = (['BASIC', 'DIGEST'] as const).flatMap((scheme) => (['AUTO', 'ALWAYS', 'NEVER', 'TUNNEL'] as const).flatMap((ssl) => (['sandbox', 'tls'] as const).map((target) => [scheme, ssl, target] as const)));

  it.each(cases)('lists and writes rows: %s, %s, %s', async (scheme, ssl, target) => {
    const id = `lewat-${scheme}-${ssl}-${target}`.toLowerCase();
    expect((await make(id, { scheme, ssl, target: target === 'tls' ? { host: 'localhost', port: frontPort } : { host: 'sandbox' } })).body.status).toEqual({ state: 'ACTIVE' });
    const rows = await server.call('GET', `/v2/${LOCATION}/connections/${id}/entityTypes/Customer/entities?pageSize=3`);
    expect(rows.body.entities).toHaveLength(3);
    expect((await server.call('POST', `/v2/${LOCATION}/connections/${id}/entityTypes/Customer/entities`, { fields: { Name: 'Lewat proxy' } })).status).toBe(200);
  });

  it.each([
    ['a wrong password', { password: 'proxy-salah' }, 'PROXY_UNAUTHENTICATED'],
    ['nobody there', { servers: [1] }, 'PROXY_UNREACHABLE'],
    ['a refusal', { target: { host: 'localhost', port: 9 } }, 'PROXY_REFUSED'],
  ] as const)('ends in ERROR and says why: %s', async (what, more, reason) => {
    const { body } = await make(`salah-${reason.replace('PROXY_', '').toLowerCase()}`, { scheme: 'BASIC', ssl: 'AUTO', target: { host: 'localhost', port: frontPort }, ...more });
    expect(body.status, what).toMatchObject({ state: 'ERROR', status: reason, description: expect.stringMatching(/proxy/i) });
  });

  it('leaves no password in the log, which the connections asked to be as long as can be, nor in the database', async () => {
    await server.stop();
    const files = readdirSync(join(folder, 'database'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(files.length).toBeGreaterThan(100);
    expect(files.some((file) => file.includes(PASSWORD))).toBe(false);
    const log = server.output();
    expect(log).toContain('"msg":"tunnel"');
    expect(log).toContain('"msg":"handshake"');
    expect(log).not.toContain(PASSWORD);
    expect(log).not.toContain(Buffer.from(`budi:${PASSWORD}`).toString('base64'));
    expect(log).not.toMatch(/response=\\?"[0-9a-f]{32}/);
  });
});
