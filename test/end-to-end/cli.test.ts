// The command line as people and scripts use it: words in, text and exit codes out.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { DEMO, emptyFolder, removeFolder, TOKEN, type RunningServer, withServer } from './running-server.ts';
import { command } from './command-here.ts';
import { konektor, PROGRAM, spawnCommand, type CommandEnd } from './running-command.ts';

function addressOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

describe('konektor', () => {
  it('is a program of its own: with its version, with all commands where none is named, and with the exit code of what it does not understand', async () => {
    const [version, help, unknown] = await Promise.all([konektor(['--version']), konektor([]), konektor(['srve'])]);
    expect(version).toEqual({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) as unknown, err: '' });
    expect(help).toEqual({ exitCode: 0, out: expect.stringMatching(/^Usage: konektor [^]*Examples:\n {2}konektor serve /) as unknown, err: '' });
    expect(unknown).toEqual({ exitCode: 2, out: '', err: expect.stringMatching(/There is no command "konektor srve"[^]*Is konektor serve meant/) as unknown });
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

  it('repeats nothing in an error that would move the cursor of a terminal', async () => {
    const { exitCode, err } = await command(['rows', 'create', 'Customer', '--data', '-', '--server', 'http://127.0.0.1:1', '--token', 'x', '-c', 'a/b/c'], {}, { input: '\u001b]0;taken\u0007: [' });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/neither JSON nor YAML[^]*\n[^]*\ufffd]0;taken\ufffd/);
  });

  it('tells what the sandbox of a command of its own cannot have', async () => {
    expect(await konektor(['sandbox', '--port', '0', '--data', PROGRAM])).toEqual({ exitCode: 1, out: '', err: `The sandbox could not start: ${PROGRAM} cannot be its folder (EEXIST). Choose another by --data: a folder, or a name that is not taken.\n` });
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

describe('konektor against a server', () => {
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

  /** By a token of its own, at the server of the folder. */
  const by = (line: string, more: Readonly<Record<string, string>> = {}): Promise<CommandEnd> => command(line.split(' '), { ...here(), ...more });

  it('exports connections as YAML, JSON or lines, and in no form that no file has', async () => {
    const [yaml, json, lines] = await Promise.all(['yaml', 'json', 'jsonl'].map((form) => by(`connections export stripe-sandbox -o ${form}`)));
    expect(parse(yaml?.out ?? '')).toEqual(JSON.parse(json?.out ?? ''));
    expect(lines?.out.split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/), '']);
    expect(await by('connections export stripe-sandbox -o csv')).toMatchObject({ exitCode: 2, err: expect.stringContaining('yaml, json, jsonl') as unknown });
    expect(await by(`connections export stripe-sandbox -o jsonl --to ${folder}`)).toMatchObject({ exitCode: 2, err: expect.stringContaining('Leave --to out') as unknown });
    expect(await by('connections export stripe-sandbox --to /dev/null/x')).toMatchObject({ exitCode: 3, err: expect.stringMatching(/^\/dev\/null\/x\/stripe-sandbox\.yaml cannot be written: /) as unknown });
  });

  it.each([
    ['show demo/us-central1/stripe-sandbx', /Is stripe-sandbox meant\?/], ['nodes demo/europe-west1/stripe-sandbox', /Is demo\/us-central1\/stripe-sandbox meant\?/], ['show demo/us-central1/nothing-like-it', /Check the name/],
    ['nodes stripe-sandbx', /Is stripe-sandbox meant\?/], ['show nothing-like-it', /konektor connections list/],
  ] as const)('tells of a connection that is not there which was meant: connections %s', async (line, told) => {
    expect(await by(`connections ${line}`)).toMatchObject({ exitCode: 5, out: '', err: expect.stringMatching(told) as unknown });
  });

  it('takes project and location wherever a connection is named', async () => {
    for (const line of ['connections nodes stripe-sandbox', 'writes list stripe-sandbox']) expect(await by(`${line} --project demo --location us-central1`)).toMatchObject({ exitCode: 0 });
  });

  it('says what to do in commands that can be run as they stand', async () => {
    const connection = { KONEKTOR_CONNECTION: DEMO };
    expect((await by('rows create Customer --set Name=Ani --set Nmae=x', connection)).err).toMatch(/konektor entities show Customer lists its columns/);
    expect((await by('actions run CancelRefund --input Refnd=x --yes', connection)).err).toMatch(/konektor actions show CancelRefund/);
    const token = (await by('tokens create --member user:nobody@example.com --lifetime 1h')).out.trim();
    const asNobody = (line: string): Promise<CommandEnd> => by(line, { ...connection, KONEKTOR_TOKEN: token });
    expect((await asNobody('rows list Customer -o jsonl')).err).toMatch(/Ask an owner of projects\/demo [^]*konektor roles list --permission connectors\.entities\.list\n/);
    for (const line of ['audit list --everywhere', `backup ${folder}/denied.gz --server ${server.url}`]) expect((await asNobody(line)).err).toMatch(/only its administrators have it[^]*Ask an administrator of the server/);
    const stranger = await by('projects list', { KONEKTOR_TOKEN: 'wrong-token-wrong-token' });
    expect(stranger).toMatchObject({ exitCode: 4, err: expect.stringMatching(/KONEKTOR_TOKEN[^]*konektor context set NAME --token -/) as unknown });
    expect(stranger.err).not.toContain('Authorization');
    expect(await by('operations wait x --timeout soon')).toMatchObject({ exitCode: 2, err: expect.stringMatching(/^--timeout takes a number with s, m, h/) as unknown });
  });

  it.each([
    ['secrets creat x', /There is no command "konektor secrets creat"[^]*Is konektor secrets create meant/], ['projcts', /Is konektor projects meant/], ['actions execute CancelRefund', /Is konektor actions run meant/], ['actions xyz', /konektor actions has list, show, and run; konektor actions --help/], ['access delete a', /Is konektor access revoke meant/], ['projects list --fliter a', /unknown option '--fliter'[^]*--filter/], ['help secrets creat', /Is konektor secrets create meant/], ['help nothing-like-it', /There is no command/],
    ['projects list --limit 0', /--limit/], ['projects list -o xml', /table, json/], ['api', /missing required argument 'row'[^]*--help/], ['list Customer', /There is no command "konektor list"[^]*konektor help/],
    ['api connections.create --data {"n":', /connections\.create cannot be called so:\n.*connectionId[^]*\n {2}--data is not JSON/], ['tokens create --member ani', /\nCorrect what is named, and run it again\.\n$/], ['audit list --project demo --filter kind=', /wrong at position 6/],
    ['api projects.create --data {"n":12345678901234567890}', /larger than can be read exactly/], ['api projects.create --data {"n":', /JSON[^]*Write --data/],
  ] as const)('is not understood, and ends with 2: %s', async (line, told) => {
    expect(await by(line)).toMatchObject({ exitCode: 2, out: '', err: expect.stringMatching(told) as unknown });
  });

  it('tells the rows of the API, in the form that is asked for behind the word that lists them', async () => {
    expect((await by('api list --search secret -o csv')).out).toMatch(/^ROW,WHAT,CALL,PERMISSION\n[^]*secrets\.create,/);
    expect(parse((await by('api show entities.list -o yaml')).out)).toMatchObject({ call: 'GET /v2/{connection}/entityTypes/{entityType}/entities', parameters: expect.arrayContaining([expect.objectContaining({ name: 'pageSize', in: 'query', type: 'integer' })]) as unknown });
    expect((await by('api show secrets.create')).out).toMatch(/secretId +query +yes/);
    expect(await by('api show nothing.there')).toMatchObject({ exitCode: 5, err: expect.stringContaining('konektor api list') as unknown });
  });

  it('helps alike with help and --help', async () => {
    expect((await by('help secrets create')).out).toBe((await by('secrets create --help')).out);
    expect((await by('help')).out).toMatch(/^Usage: konektor /);
  });

  it('lists connections of every project where none is named, by the names that other commands take', async () => {
    expect(await by('connections list')).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^CONNECTION +STATE[^]*\ndemo\/us-central1\/stripe-sandbox +ACTIVE/) as unknown });
  });
});
