// The two promises of a start: what npm is told to stop, stops; what was begun or acknowledged is there again.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO, emptyFolder, environment, newFolder, removeFolder, spawnServer, startServer, TOKEN, type Reply, type RunningServer } from './running-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** When first starts are killed, in milliseconds: before the database is made, while it is, after. `npm run faults` kills many more times. */
const DEATHS = [150, 700, 1_400, 2_500];
/** How often a server that has work is killed. */
const ROUNDS = 2;

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => removeFolder(folder));

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Waits for a text in what a process prints. */
function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}:\n${text}`)));
  });
}

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 and frees the port when npm is sent %s', async (signal) => {
    const npm = spawn('npm', ['start'], { cwd: ROOT, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'] });
    const [, address, port] = await printed(npm, /ready on (http:\/\/127\.0\.0\.1:(\d+))/);
    expect(await fetch(`${address}/healthz`)).toMatchObject({ status: 200 });
    const gone = once(npm, 'exit');
    npm.kill(signal);
    expect((await gone)[0]).toBe(0);
    await expect.poll(() => isOpen(Number(port))).toBe(false);
  });
});

describe('a server that runs', () => {
  let held: string;
  let server: RunningServer;
  beforeAll(async () => {
    held = newFolder();
    server = await startServer(held, { KONEKTOR_ADMIN_TOKEN: '', KONEKTOR_PROT: '9090', KONEKTOR_PORT_8080_TCP: 'tcp://10.0.0.1:8080' });
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(held);
  });

  it('has printed its address, where a token is, and three commands', async () => {
    const output = server.output();
    expect(output, 'nobody reads it on a terminal, so it may be kept').not.toContain('konektor_');
    const word = /export TOKEN=(.*)/.exec(output)?.[1] ?? '';
    const token = execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });
    expect(token).toMatch(/^konektor_/);
    const reply = await fetch(`${server.url}/v1/${DEMO}`, { headers: { authorization: `Bearer ${token}` } });
    expect(reply.status).toBe(200);
    expect(output.match(/^\d\. /gm)).toHaveLength(3);
    expect(output).toContain('not of the power');
  });

  it('has told of settings that nobody reads', () => {
    expect(server.output()).toContain('KONEKTOR_PROT is not a setting');
    expect(server.output()).not.toContain('KONEKTOR_PORT_8080_TCP');
  });

  it('keeps its folder: a second one is told who holds it', async () => {
    const [told] = await printed(spawnServer(held), /is in use by another Konektor \(process \d+, http:\/\/127\.0\.0\.1:\d+/);
    expect(told).toContain(`process ${server.process.pid}, ${server.url}`);
  });

  it('keeps its port: another is told which setting to change', async () => {
    await printed(spawnServer(folder, { KONEKTOR_PORT: new URL(server.url).port }), /The port is taken[^]*KONEKTOR_PORT/);
  });

  it('keeps the port of its sandbox: the start of another ends', async () => {
    const child = spawnServer(folder, { KONEKTOR_SANDBOX_PORT: new URL(server.sandboxUrl).port });
    const gone = once(child, 'exit');
    await printed(child, /port \d+ of 127\.0\.0\.1 is taken[^]*KONEKTOR_SANDBOX_PORT[^]*could not start/);
    expect((await gone)[0]).toBe(1);
  });

  it('ends although a socket is silent', async () => {
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(silent, 'connect');
    silent.once('error', () => undefined);
    // By itself Node would wait for it for a minute, which is longer than this test may take.
    expect(await server.stop()).toBe(0);
    silent.destroy();
  }, 45_000);
});

describe('the state', () => {
  it('is found again by a second start, and survives the death of the sandbox alone', async () => {
    const first = await startServer(folder);
    const made = await first.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Tetap' } });
    const read = (server: RunningServer): Promise<Reply> => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/${String(made.body.fields['Id'])}`);
    await first.stop();
    const again = await startServer(folder);
    expect(await read(again)).toMatchObject({ status: 200, body: { fields: { Name: 'Tetap' } } });
    const { body } = await again.stripe('GET', '/_sandbox/health');
    process.kill(Number(body['pid']), 'SIGKILL');
    await expect.poll(async () => (await read(again)).status).toBe(200);
    await again.stop();
  });

  it('survives SIGKILL at any moment, the first start included', { timeout: 400_000 }, async () => {
    removeFolder(folder);
    folder = emptyFolder();
    for (const delay of DEATHS) {
      const child = spawnServer(folder);
      const gone = once(child, 'exit');
      setTimeout(() => child.kill('SIGKILL'), delay);
      await gone;
    }
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServer(folder);
      for (const id of acknowledged) expect((await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/${id}`)).status, id).toBe(200);
      const before = acknowledged.length;
      const writing = (async () => {
        for (;;) {
          const made = await server.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Cepat' } });
          acknowledged.push(String(made.body.fields['Id']));
        }
      })().catch(() => undefined);
      const began = await server.call('POST', `/v1/projects/demo/locations/us-central1/connections?connectionId=round-${round}`, {
        connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
        authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
        destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
      });
      expect(began.status).toBe(200);
      await expect.poll(() => acknowledged.length, { interval: 10 }).toBeGreaterThan(before + 4);
      await server.stop('SIGKILL');
      await writing;
      await expect.poll(() => isOpen(Number(new URL(server.sandboxUrl).port)), { message: 'the sandbox ends with its server' }).toBe(false);
    }
    const server = await startServer(folder);
    for (const id of acknowledged) expect((await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/${id}`)).status, id).toBe(200);
    for (let round = 0; round < ROUNDS; round += 1) {
      await expect.poll(async () => (await server.call('GET', `/v1/projects/demo/locations/us-central1/connections/round-${round}`)).body.status.state).toBe('ACTIVE');
    }
    await server.stop();
  });

});

describe('settings', () => {
  it('that cannot be used end the start with 2 and all their faults', async () => {
    const child = spawnServer(folder, { KONEKTOR_PORT: 'many', KONEKTOR_ADMIN_TOKEN: 'short' });
    const gone = once(child, 'exit');
    const [text] = await printed(child, /KONEKTOR_PORT[^]*KONEKTOR_ADMIN_TOKEN/);
    expect(text).toContain('many');
    expect((await gone)[0]).toBe(2);
  });

  it('tell what is wrong with the PostgreSQL', async () => {
    const child = spawnServer(folder, { DATABASE_URL: 'postgres://konektor:geheim@127.0.0.1:1/konektor' });
    const gone = once(child, 'exit');
    const [text] = await printed(child, /could not start[^]*127\.0\.0\.1:1[^]*\n/);
    expect(text).toContain('DATABASE_URL');
    expect(text).not.toContain('geheim');
    expect((await gone)[0]).toBe(1);
  });

  it('take no key that Stripe would not take', async () => {
    const child = spawnServer(folder, { STRIPE_API_KEY: 'pk_test_abc' });
    const gone = once(child, 'exit');
    const [text] = await printed(child, /STRIPE_API_KEY[^]*\n/);
    expect(text).not.toContain('pk_test_abc');
    expect((await gone)[0]).toBe(2);
  });

  it('with a key of Stripe the demo goes to Stripe itself, and nowhere else', async () => {
    removeFolder(folder);
    folder = emptyFolder();
    const server = await startServer(folder, { STRIPE_API_KEY: 'sk_test_notARealKey000000', KONEKTOR_ADMIN_TOKEN: TOKEN });
    const { body } = await server.call('GET', `/v1/${DEMO}`);
    expect(body.status).toMatchObject({ state: 'ERROR' });
    const { body: seen } = await server.stripe('GET', '/v1/customers');
    expect(seen['data'], 'nothing is seeded').toEqual([]);
    expect(JSON.stringify(body)).not.toContain('notARealKey');
    await server.stop();
    const without = await startServer(folder);
    expect((await without.call('GET', `/v1/${DEMO}`)).body.status, 'without the key it is back at the sandbox').toEqual({ state: 'ACTIVE' });
    const rotated = Buffer.from('sk_test_rotatedByHand').toString('base64');
    expect((await without.call('POST', '/v1/projects/demo/secrets/stripe-api-key:addVersion', { payload: { data: rotated } })).status).toBe(200);
    await without.stop();
    const again = await startServer(folder);
    const { body: kept } = await again.call('GET', '/v1/projects/demo/secrets/stripe-api-key/versions/latest:access');
    expect(kept['payload'], 'what somebody put in since is left alone').toMatchObject({ data: rotated });
    await again.stop();
  });
});
