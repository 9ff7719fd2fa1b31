// The command line as people and scripts use it: words in, text and exit codes out.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DEMO, emptyFolder, removeFolder, TOKEN, type RunningServer, withServer } from './running-server.ts';
import { command } from './command-here.ts';
import { konektor, spawnCommand } from './running-command.ts';

function addressOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

describe('konektor', () => {
  it('is a program of its own: with its version, with all commands where none is named, and with the exit code of what it does not understand', async () => {
    const [version, help, unknown] = await Promise.all([konektor(['--version']), konektor([]), konektor(['srve'])]);
    expect(version).toEqual({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) as unknown, err: '' });
    expect(help).toEqual({ exitCode: 0, out: expect.stringMatching(/^Usage: konektor [^]*Examples:\n {2}konektor serve /) as unknown, err: '' });
    expect(unknown).toEqual({ exitCode: 2, out: '', err: expect.stringMatching(/unknown command 'srve'[^]*serve/) as unknown });
    for (const words of [['help'], ['--help']]) expect(await command(words)).toEqual(help);
  });

  it.each([
    [['backup'], /missing required argument 'file'/], [['tokens', 'list', '--output', 'xml'], /table, json/], [['serve', '--port', '1'], /unknown option '--port'/],
    [['tokens', 'create', '--lifetime', 'soon', '--server', 'http://127.0.0.1:1', '--token', 'x'], /30d/], [['tokens', 'list', '--server', 'nowhere', '--token', 'x'], /no address/],
  ] as const)('ends with 2 where it is not understood: %j', async (words, told) => {
    const { exitCode, out, err } = await command(words);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toMatch(told);
  });

  it('says where no server is, and how to name one', async () => {
    const folder = emptyFolder();
    const none = await command(['tokens', 'list'], { KONEKTOR_DATA_DIR: folder });
    expect(none).toMatchObject({ exitCode: 75, out: '' });
    expect(none.err).toMatch(/No server runs[^]*--server/);
    const gone = await command(['tokens', 'list', '--server', 'http://127.0.0.1:1', '--token', 'x']);
    expect(gone).toMatchObject({ exitCode: 75 });
    expect(gone.err).toContain('cannot be reached');
    const bad = await command(['tokens', 'list'], { KONEKTOR_DATA_DIR: folder, KONEKTOR_PORT: 'many' });
    expect(bad).toMatchObject({ exitCode: 2 });
    expect(bad.err).toContain('KONEKTOR_PORT');
    removeFolder(folder);
  });
});

describe('an interruption', () => {
  it('ends what waits for an answer, with 130', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const child = spawnCommand(['projects', 'list'], { KONEKTOR_SERVER: addressOf(silent), KONEKTOR_TOKEN: TOKEN });
    await once(silent, 'connection');
    const gone = once(child, 'close');
    child.kill('SIGINT');
    expect((await gone)[0]).toBe(130);
    silent.close();
  });
});

describe('konektor tokens', () => {
  let folder: string;
  let server: RunningServer;
  withServer((started, itsFolder) => { [server, folder] = [started, itsFolder]; });
  const here = () => ({ KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN });

  it('mints a token that works, alone on standard output, lists it, and revokes it', async () => {
    const minted = await command(['tokens', 'create', '--member', 'user:ani@example.com', '--name', 'laptop', '--lifetime', '12h'], here());
    expect(minted.exitCode).toBe(0);
    expect(minted.out).toMatch(/^konektor_[\w-]{43}\n$/);
    expect(minted.err).toContain('user:ani@example.com');
    expect(minted.err).not.toContain(minted.out.trim());
    const token = minted.out.trim();
    await server.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } });
    const read = () => server.call('GET', `/v1/${DEMO}`, undefined, { authorization: `Bearer ${token}` });
    await expect.poll(async () => (await read()).status).toBe(200);

    const listed = await command(['tokens', 'list', '--output', 'json'], { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN, KONEKTOR_DATA_DIR: '/nowhere' });
    const [one] = JSON.parse(listed.out) as readonly { readonly id: string; readonly displayName: string; readonly createTime: string; readonly expireTime: string }[];
    expect(one).toMatchObject({ displayName: 'laptop', member: 'user:ani@example.com' });
    expect(Date.parse(one?.expireTime ?? '') - Date.parse(one?.createTime ?? '')).toBe(12 * 3_600_000);
    expect(listed.out).not.toContain(token);
    const table = await command(['tokens', 'list', '--member', 'user:ani@example.com'], here());
    expect(table.out).toMatch(/^ID +MEMBER +NAME +CREATED +EXPIRES +REVOKED\n\S+ +user:ani@example.com +laptop /);

    const revoked = await command(['tokens', 'revoke', one?.id ?? ''], here());
    expect(revoked.exitCode).toBe(0);
    expect(revoked.out).toMatch(/^REVOKED +\d{4}-/m);
    await expect.poll(async () => (await read()).status).toBe(401);
  });

  it('tells what the server refused, with its hint, its request, and the exit code of its reason', async () => {
    const missing = await command(['tokens', 'revoke', 'none'], here());
    expect(missing).toMatchObject({ exitCode: 5, out: '' });
    expect(missing.err).toMatch(/^NOT_FOUND: .*none.*\nRequest [0-9a-f-]{36}\nCheck the name/);
    const stranger = await command(['tokens', 'list', '--server', server.url, '--token', 'wrong-token-wrong-token'], here());
    expect(stranger).toMatchObject({ exitCode: 4, out: '' });
    const faulty = await command(['tokens', 'create', '--member', 'ani'], here());
    expect(faulty).toMatchObject({ exitCode: 2, out: '' });
    expect(faulty.err).toContain('user:{email}');
  });

  it('sends the administrator\'s token of the folder to no other server', async () => {
    const { exitCode, err } = await command(['tokens', 'list', '--server', 'http://127.0.0.1:1'], { KONEKTOR_DATA_DIR: folder });
    expect([exitCode, err]).toEqual([4, expect.stringContaining('--token')]);
  });
});
