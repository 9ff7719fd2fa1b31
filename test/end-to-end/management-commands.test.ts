// The management commands of the command line against one server, well and badly, and a project's whole life by them alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { command, createKeyboard } from './command-here.ts';
import type { CommandEnd } from './running-command.ts';
import { DEMO, TOKEN, type RunningServer, withServer } from './running-server.ts';

let server: RunningServer;
let folder: string;
withServer((started, itsFolder) => { [server, folder] = [started, itsFolder]; });

const KEY = 'sk_test_konektorSandbox';
const here = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({ KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN, KONEKTOR_CONNECTION: DEMO, ...more });
const konektor = (line: string, input?: string): Promise<CommandEnd> => command(line.split(' '), here(), input === undefined ? {} : { input });

/** What a command prints that goes well. */
async function said(line: string, input?: string): Promise<string> {
  const { exitCode, out, err } = await konektor(line, input);
  expect(exitCode, `${line}: ${err}`).toBe(0);
  return out;
}

async function object(line: string, input?: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await said(`${line} -o json`, input)) as Readonly<Record<string, unknown>>;
}

async function items(line: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return JSON.parse(await said(`${line} -o json`)) as readonly Readonly<Record<string, unknown>>[];
}

async function refused(line: string, exitCode: number, told: RegExp): Promise<void> {
  const end = await konektor(line);
  expect([end.exitCode, end.out], `${line}: ${end.err}`).toEqual([exitCode, '']);
  expect(end.err).toMatch(told);
}

describe('a project', () => {
  it('lives and ends by commands alone: account, secret, connection from a file, access, rows, and all of it away again', async () => {
    expect(await said('projects create toko --name Toko --label team=kasir')).toMatch(/PROJECT +toko\nNAME +Toko\n/);
    expect(await said('service-accounts create kasir --project toko --name Kasir')).toContain('kasir@toko.iam.gserviceaccount.com');
    const secret = await konektor('secrets create stripe-key --project toko --file - --reader kasir', `${KEY}\n`);
    expect(secret).toMatchObject({ exitCode: 0, err: '' });
    expect(secret.out).toMatch(/VERSION +1\n$/);
    expect(await said('secrets access toko/stripe-key'), 'the newline of the input is no part of it').toBe(KEY);
    const file = join(folder, 'shop.yaml');
    writeFileSync(file, 'name: projects/toko/locations/us-central1/connections/shop\nconnectorVersion: projects/toko/locations/global/providers/stripe/connectors/stripe/versions/1\nserviceAccount: kasir@toko.iam.gserviceaccount.com\nauthConfig:\n  authKey: api_key\n  additionalVariables:\n    - key: api_key\n      secretValue:\n        secretVersion: projects/toko/secrets/stripe-key/versions/latest\ndestinationConfigs:\n  - key: stripe_api\n    destinations:\n      - host: sandbox\n');
    const difference = /^--- \/dev\/null\n\+\+\+ .*shop\.yaml\n@@ -0,0 \+1,13 @@\n\+name: projects\/toko[^]*\n\+ {6}- host: sandbox\n/;
    expect(await konektor(`connections create -f ${file} --dry-run`)).toEqual({ exitCode: 1, out: expect.stringMatching(difference) as unknown, err: '' });
    await refused(`connections create -f ${file}`, 3, new RegExp(`${difference.source}This creates 1 connection\\.\n.*--yes`));
    const answered = (answer: string, words: string): Promise<CommandEnd> => command(words.split(' '), here(), { input: createKeyboard(answer) });
    expect(await answered('n\n', `connections create -f ${file}`)).toMatchObject({ exitCode: 130, out: '', err: expect.stringContaining('Nothing was done') as unknown });
    await refused('connections show toko/us-central1/shop', 5, /NOT_FOUND/);
    expect(await answered('y\n', `connections create -f ${file}`)).toMatchObject({ exitCode: 0, out: 'projects/toko/locations/us-central1/connections/shop: created, ACTIVE\n' });
    await refused(`connections create -f ${file}`, 6, /there already, as it shall be/);
    writeFileSync(file, `${readFileSync(file, 'utf8')}description: The shop\n`);
    await refused(`connections create -f ${file} --yes`, 6, /\n\+description: The shop\n[^]*konektor connections import .*shop\.yaml\n$/);
    await refused(`connections update -f ${file}`, 3, /\n\+description: The shop\n[^]*This changes 1 connection\.\n.*--yes/);
    expect(await said(`connections apply -f ${file} --yes`)).toContain('shop: changed, ACTIVE');
    expect(await said(`connections update -f ${file}`), 'where nothing differs nothing is asked').toContain('as it shall be');
    await refused('connections create toko/us-central1/shop --secret stripe-key', 6, /differs[^]*konektor connections update toko\/us-central1\/shop with the same options/);
    await refused('connections import', 2, /No file is named/);
    writeFileSync(file, `${readFileSync(file, 'utf8').replace('/shop', '/other')}nodeConfig: {minNodeCount: 9, maxNodeCount: 3}\n`);
    await refused(`connections create -f ${file}`, 2, /\+ {2}minNodeCount: 9[^]*shop\.yaml:15: nodeConfig minNodeCount[^]*would refuse/);

    expect(await said('access grant user:ani@example.com connectors.invoker --connection toko/us-central1/shop')).toContain('roles/connectors.invoker  user:ani@example.com');
    const token = (await said('tokens create --member user:ani@example.com --lifetime 1h')).trim();
    const asAni = (words: string): Promise<CommandEnd> => command(words.split(' '), here({ KONEKTOR_TOKEN: token, KONEKTOR_CONNECTION: 'toko/us-central1/shop' }));
    expect((await asAni('access test connectors.entities.list -c toko/us-central1/shop')).out).toMatch(/connectors\.entities\.list +yes/);
    expect(await asAni('access test connectors.entities.list')).toMatchObject({ exitCode: 4, out: expect.stringMatching(/no\n/) as unknown });
    expect(await asAni('api entities.list --path entityType=Customer --query pageSize=1')).toMatchObject({ exitCode: 0 });
    expect(await asAni('connections delete toko/us-central1/shop --yes')).toMatchObject({ exitCode: 4 });

    await refused('projects delete toko --yes', 3, /shop|stripe-key/);
    await refused('connections suspend toko/us-central1/shop', 3, /^Suspends projects\/toko\/locations\/us-central1\/connections\/shop: every call through it is refused until it is resumed\.\n.*--yes/);
    expect(await said('connections suspend toko/us-central1/shop --yes')).toContain('suspended, INACTIVE');
    await refused('connections delete toko/us-central1/shop', 3, /--yes/);
    await said('connections delete toko/us-central1/shop --yes');
    await said('secrets delete toko/stripe-key --yes');
    await said('service-accounts delete kasir --project toko --yes');
    const gone = await konektor('projects delete toko --yes');
    expect(gone).toEqual({ exitCode: 0, out: '', err: 'projects/toko is deleted.\n' });
    await refused('projects show toko', 5, /NOT_FOUND/);
  });

  it('is changed without losing what is not named, and its services are switched off and on', async () => {
    await said('projects create gudang --name Gudang --label team=a cost=b');
    expect(await object('projects update gudang --label team- env=prod')).toMatchObject({ name: 'Gudang', labels: { cost: 'b', env: 'prod' } });
    expect(await items('projects list --filter labels.env:prod')).toEqual([expect.objectContaining({ projectId: 'gudang' })]);
    await refused('projects update gudang', 2, /--name or --label/);
    await refused('projects create gudang', 6, /ALREADY_EXISTS/);

    await refused('services disable connectors --project gudang', 3, /refused until[^]*--yes/);
    expect(await said('services disable connectors --project gudang --yes')).toMatch(/STATE +DISABLED/);
    await refused('connections list --project gudang', 3, /is disabled[^]*konektor services enable/);
    expect(await said('services show connectors --project gudang')).toContain('DISABLED');
    expect(await said('services enable connectors secretmanager --project gudang')).toMatch(/(.*ENABLED.*\n){2}$/);
    expect(await items('services list --project gudang --filter state:DISABLED')).toEqual([]);

    expect(await object('settings set vpcsc=true --project gudang')).toMatchObject({ vpcsc: true });
    expect(await object('settings set networkConfig.egressMode=STATIC_IP --project gudang --region us-central1')).toMatchObject({ networkConfig: { egressMode: 'STATIC_IP' } });
    expect(await said('settings show --project gudang')).toMatch(/vpcsc +true/);
    await refused('settings set a.b.c=1', 2, /is no setting/);
    await refused('settings set nope=1', 2, /vpcsc/);
  });

  it('has accounts that are renamed, disabled and enabled', async () => {
    const account = 'laporan@demo.iam.gserviceaccount.com';
    const { uniqueId } = await object('service-accounts create laporan --name Laporan --description reports');
    expect(await object('service-accounts update laporan --name Baru')).toMatchObject({ displayName: 'Baru', description: 'reports' });
    expect(await object(`service-accounts show ${String(uniqueId)}`)).toMatchObject({ email: account });
    await refused(`service-accounts disable ${account}`, 3, /laporan@demo[^]*--yes/);
    expect(await said(`service-accounts disable ${account} --yes`)).toMatch(/DISABLED +yes/);
    expect(await said('service-accounts enable laporan')).toMatch(/DISABLED +no/);
    expect((await items('service-accounts list')).map(({ email }) => email)).toContain(account);
    await refused('service-accounts show nobody', 5, /NOT_FOUND/);
    await refused('service-accounts show lapran', 5, /Is laporan@demo\.iam\.gserviceaccount\.com meant/);
    await refused('service-accounts update laporan', 2, /--name or --description/);
  });

  it('is that of the context, of its connection, or must be named', async () => {
    const without = await command(['secrets', 'list'], { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN });
    expect(without).toMatchObject({ exitCode: 2, out: '' });
    expect(without.err).toMatch(/No project[^]*--project[^]*konektor projects list/);
    expect((await items('secrets list')).map(({ name }) => name)).toContain('projects/demo/secrets/stripe-api-key');
    const nowhere = await command(['operations', 'show', 'x'], { KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN });
    expect(nowhere.err, 'both at once').toMatch(/No project and no location[^]*--project and --location[^]*--project demo --location us-central1\n.*projects list, konektor locations list/);
    await refused('secrets show strip-api-key', 5, /Is stripe-api-key meant/);
    await refused('projects show dema', 5, /Is demo meant/);
    await refused('secrets show projects/demo/connections/x', 2, /names no secret/);
    await refused('secrets show a/b/c', 2, /names no secret/);
  });
});

describe('a secret', () => {
  it('is typed without being shown, and mended while it is typed', async () => {
    const keyboard = createKeyboard(`wrong\u0015${KEY}x\u007f\r`);
    const { exitCode, out, err } = await command('secrets create typed --prompt -o json'.split(' '), here(), { input: keyboard });
    expect([exitCode, err]).toEqual([0, 'Value: \n']);
    expect(out).not.toContain('konektorSandbox');
    expect(keyboard.modes).toEqual([true, false]);
    expect(await said('secrets access typed')).toBe(KEY);
    const left = await command('secrets add-version typed --prompt'.split(' '), here(), { input: createKeyboard('half\u0003') });
    expect([left.exitCode, left.out]).toEqual([130, '']);
    await refused('secrets add-version typed --prompt', 3, /Nobody can be asked[^]*--file -/);
  });

  it('gets new values, which are disabled, enabled and destroyed', async () => {
    const first = await konektor('secrets create rotated --label env=test');
    expect(first.err).toContain('konektor secrets add-version rotated');
    const file = join(folder, 'key.txt');
    writeFileSync(file, 'one\r\n');
    await said(`secrets add-version rotated --file ${file}`);
    await said('secrets add-version rotated --file - --exact', 'two\n');
    expect(await said('secrets access rotated')).toBe('two\n');
    expect(await said('secrets access rotated 1')).toBe('one');
    expect(await object('secrets access rotated 1')).toMatchObject({ payload: { data: Buffer.from('one').toString('base64') } });
    expect((await items('secrets versions rotated')).map(({ state }) => state)).toEqual(['ENABLED', 'ENABLED']);

    await refused('secrets disable rotated 1', 3, /Disables projects\/demo\/secrets\/rotated\/versions\/1/);
    expect(await said('secrets disable rotated 1 --yes')).toMatch(/STATE +DISABLED/);
    await refused('secrets access rotated 1', 3, /DISABLED/i);
    expect(await said('secrets enable rotated 1')).toMatch(/STATE +ENABLED/);
    expect(await said('secrets destroy rotated latest --yes')).toMatch(/versions\/2\nSTATE +DESTROYED/);
    expect(await said('secrets version rotated')).toMatch(/STATE +DESTROYED/);
    expect(await said('secrets update rotated --label env- team=kasir --annotation owner=ani')).toMatch(/LABELS +team=kasir\nANNOTATIONS +owner=ani/);
    expect((await object('secrets show demo/rotated'))['labels']).toEqual({ team: 'kasir' });

    await refused('secrets create rotated --prompt --file x', 2, /one place/);
    await refused('secrets create rotated', 6, /konektor secrets add-version rotated/);
    await refused('secrets add-version rotated', 2, /--prompt[^]*--file/);
    await refused('secrets add-version rotated --file /nowhere/key', 5, /There is no file \/nowhere\/key\./);
    await refused('secrets add-version rotated --file -', 2, /empty/);
    await refused('secrets create rotated sk_test_never', 2, /too many arguments/);
    await refused('secrets delete rotated', 3, /all its values/);
    await said('secrets delete rotated --yes');
    await refused('secrets show rotated', 5, /NOT_FOUND/);
  });

  it('is deleted only where its name is typed', async () => {
    await said('secrets create fragile');
    const asked = (typed: string): Promise<CommandEnd> => command(['secrets', 'delete', 'fragile'], here(), { input: createKeyboard(`${typed}\n`) });
    expect(await asked('yes')).toMatchObject({ exitCode: 130, err: expect.stringContaining('Nothing was done') as unknown });
    expect(await asked('fragile')).toMatchObject({ exitCode: 0 });
  });
});

describe('access', () => {
  it('is granted and revoked beside what others do at the same time', async () => {
    const members = ['user:a@example.com', 'user:b@example.com', 'user:c@example.com', 'group:ops'];
    const ends = await Promise.all(members.map((member) => konektor(`access grant ${member} connectors.viewer roles/konektor.auditViewer`)));
    expect(ends.map(({ exitCode, err }) => `${exitCode} ${err}`)).toEqual(members.map(() => '0 '));
    const policy = await object('access show');
    const of = (role: string): unknown => (policy['bindings'] as readonly { readonly role: string; readonly members: readonly string[] }[]).find((one) => one.role === role)?.members.toSorted();
    expect([of('roles/connectors.viewer'), of('roles/konektor.auditViewer')]).toEqual([members.toSorted(), members.toSorted()]);
    expect(await object('access grant group:ops connectors.viewer'), 'what is there already is not written').toEqual(policy);

    expect(await said('access revoke group:ops connectors.viewer konektor.auditViewer')).not.toContain('group:ops');
    await refused('access revoke group:ops connectors.viewer', 5, /group:ops has no roles\/connectors\.viewer[^]*konektor access show/);
    await refused('access grant user:a@example.com connectors.viewr invokr', 2, /^There is no role roles\/connectors\.viewr: is roles\/connectors\.viewer meant\?\nThere is no role roles\/invokr: is roles\/connectors\.invoker meant\?\n/);
    await refused('access grant ani connectors.viewer', 2, /user:/);
  });

  it('is that of one resource', async () => {
    await said('secrets create shared');
    for (const on of ['--secret shared', `--connection ${DEMO}`, '--service-account connections', '--provider stripe']) {
      expect(await said(`access grant serviceAccount:connections viewer ${on}`), on).toContain('serviceAccount:connections@demo.iam.gserviceaccount.com');
      expect(await said(`access show ${on} -o csv`), on).toContain('roles/viewer,serviceAccount:connections@demo');
      await said(`access revoke serviceAccount:connections viewer ${on}`);
    }
    await refused('access show --secret shared --connection x', 2, /one of/);
    expect(await said('access show --secret shared')).toBe('The policy of projects/demo/secrets/shared grants nobody anything.\n');
    expect(await said('access test secretmanager.secrets.get --secret shared')).toMatch(/yes/);
  });

  it('is set from a file, unless somebody was quicker', async () => {
    await said('access grant user:d@example.com viewer');
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, await said('access show -o yaml'));
    await refused(`access set -f ${file}`, 3, /whole policy of projects\/demo[^]*--yes/);
    await said(`access set -f ${file} --yes`);
    await refused(`access set -f ${file} --yes`, 7, /ABORTED|ETAG/i);
    await refused('access set --yes', 2, /--file/);
  });

  it('comes from roles', async () => {
    expect((await items('roles list --permission konektor.auditEntries.list')).map(({ name }) => name)).toEqual(['roles/konektor.auditViewer', 'roles/owner']);
    expect(await items('roles list --permission connectors.entities.list --filter name:rowsViewer')).toEqual([expect.objectContaining({ name: 'roles/konektor.rowsViewer' })]);
    expect(await said('roles show konektor.auditViewer')).toMatch(/PERMISSIONS +konektor\.auditEntries\.list/);
    await refused('roles show nobody', 5, /NOT_FOUND/);
  });

  it('goes by tokens, which are shown and deleted', async () => {
    await said('tokens create --member user:e@example.com --name phone');
    const [{ id } = { id: '' }] = await items('tokens list --member user:e@example.com');
    expect(await said(`tokens show ${String(id)}`)).toMatch(/NAME +phone/);
    await refused(`tokens delete ${String(id)}`, 3, /user:e@example\.com[^]*--yes/);
    expect((await konektor(`tokens delete ${String(id)} --yes`)).err).toContain('is deleted');
    expect(await items('tokens list --member user:e@example.com')).toEqual([]);
  });
});

describe('what is going on', () => {
  it('is operations: waited for, cancelled, forgotten', async () => {
    const name = (await said('connections retry --no-wait')).trim();
    expect(await said(`operations wait ${name} --timeout 1m`)).toMatch(/STATE +DONE\nVERB +update/);
    const id = name.split('/').at(-1) ?? '';
    expect(await object(`operations show ${id} --location us-central1`)).toMatchObject({ name, done: true });
    expect((await items('operations list --filter metadata.target:stripe-sandbox --limit 1')).map((one) => one['name'])).toEqual([name]);
    await said(`operations cancel ${name}`);
    await refused(`operations delete ${name}`, 3, /Forgets[^]*--yes/);
    await said(`operations delete ${name} --yes`);
    await refused(`operations wait ${name}`, 5, /NOT_FOUND/);
  });

  it('is the audit log: listed by time and filter, exported as lines', async () => {
    await konektor('secrets show not-there');
    // Records of what changes nothing are stored a moment later.
    const newest = async (): Promise<unknown> => (await items('audit list --since 10m --filter operation=secrets.get --limit 1'))[0];
    await expect.poll(newest).toMatchObject({ operation: 'secrets.get', resource: 'projects/demo/secrets/not-there', status: { code: 'NOT_FOUND' } });
    expect(await items('audit list --until 2020-01-01')).toEqual([]);
    expect((await items('audit list --everywhere --filter operation=tokens.create')).length).toBeGreaterThan(0);
    const lines = (await said('audit export --since 10m --filter operation=secrets.get')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { readonly operation: string }).operation)).toEqual(lines.map(() => 'secrets.get'));
    expect(await said('audit export --everywhere --until 2020-01-01')).toBe('');
    await refused('audit list --since yesterday', 2, /is no moment[^]*90m/);
    await refused('audit list --filter nope=1', 2, /nope/);
    await refused('audit list --follow --until 2020-01-01', 2, /--follow has no end/);
    await refused('audit list --follow --limit none', 2, /--limit takes a number/);
  });

  it('is what is done while one looks, oldest first', async () => {
    const [first] = (await said('audit list --follow --since 1h --limit 1 -o json')).trim().split('\n').map((line) => JSON.parse(line) as { readonly time: string });
    const [oldest] = (await said('audit export --since 1h')).trim().split('\n').map((line) => JSON.parse(line) as { readonly time: string });
    expect(first).toEqual(oldest);
    const isRefused = 'operation = secrets.get AND status.code = NOT_FOUND';
    let isDone = false;
    const following = command(['audit', 'list', '--follow', '--limit', '1', '--filter', isRefused, '-o', 'json'], here()).finally(() => { isDone = true; });
    // Until it has begun to follow, nothing is new to it.
    await expect.poll(async () => {
      await server.call('GET', '/v1/projects/demo/secrets/followed');
      return isDone;
    }, { interval: 500 }).toBe(true);
    const { exitCode, out } = await following;
    expect([exitCode, out.split('\n').map((line) => (line === '' ? '' : (JSON.parse(line) as { readonly resource: string }).resource))]).toEqual([0, ['projects/demo/secrets/followed', '']]);
    const left = new AbortController();
    setTimeout(() => left.abort(), 300);
    expect(await command(['audit', 'list', '--follow'], here(), { interruption: left.signal })).toMatchObject({ exitCode: 130 });
  });

  it('is what went through a connection, how it was, and what it logged', async () => {
    await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`);
    const figures = await object('connections figures');
    expect((figures['intervals'] as readonly object[]).length).toBeGreaterThan(0);
    expect(await said('connections figures --day')).toMatch(/^FROM +CALLS +ERRORS/);
    expect(await said('connections figures --all')).toContain('stripe-sandbox');
    expect(await said('connections states')).toMatch(/^TIME +STATE[^]*ACTIVE/);
    expect(await said('connections logs --limit 5')).toMatch(/^TIME +LEVEL/);
    const written = konektor('connections logs --follow --limit 1 -o jsonl');
    let end: CommandEnd | undefined;
    void written.then((ended) => { end = ended; });
    await expect.poll(async () => {
      await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`);
      return [end?.exitCode, end?.out.split('\n').length];
    }).toEqual([0, 2]);
    const left = new AbortController();
    setTimeout(() => left.abort(), 300);
    expect(await command('connections logs --follow'.split(' '), here(), { interruption: left.signal })).toMatchObject({ exitCode: 130 });
  });

  it('is what a connection offers, read anew', async () => {
    expect(await said('connections offers')).toMatch(/ENTITY TYPES +172/);
    expect(await items('connections offers --entities --filter entity="Customer"')).toEqual([{ entity: 'Customer', operations: expect.arrayContaining(['LIST']) as unknown }]);
    expect((await items('connections offers --actions --limit 3')).length).toBe(3);
    expect(await said('connections refresh')).toMatch(/STATE +UPDATED/);
    // It has ended before the tests below list operations more than once.
    await said(`operations wait ${String((await object('connections refresh --no-wait'))['name'])}`);
    await refused('connections offers --entities --actions', 2, /One list/);
  });
});

describe('the catalogue', () => {
  it('tells regions, providers, connectors and their templates', async () => {
    expect((await items('locations list --filter displayName="Iowa"')).map(({ locationId }) => locationId)).toEqual(['us-central1']);
    expect(await said('locations show us-central1')).toMatch(/NAME +Iowa/);
    expect(await said('locations runtime us-central1')).toContain(new URL(server.url).host);
    expect(await said('providers list')).toMatch(/^PROVIDER[^]*stripe +Stripe/);
    expect(await said('providers show stripe')).toMatch(/NAME +Stripe/);
    expect((await items('connectors list --provider stripe')).length).toBe(1);
    expect(await object('connectors show stripe')).toEqual(await object('connectors show stripe/stripe'));
    expect(await said('connectors versions stripe')).toContain('stripe/stripe/1');
    expect(await said('connectors template stripe')).toMatch(/authentication api_key +api_key +SECRET +yes/);
    expect(await object('connectors template stripe/stripe/1')).toMatchObject({ name: expect.stringContaining('/versions/1') as unknown });
    expect(await said('connectors auth stripe')).toMatch(/api_key +api_key +SECRET/);
    expect(JSON.parse(await said('connectors auth stripe --json-schema'))).toMatchObject({ $schema: expect.stringContaining('json-schema') as unknown });
    const near = [['connectors show strip', 'stripe/stripe'], ['locations show us-centrl1', 'us-central1'], ['roles show connectors.invokr', 'connectors.invoker'], ['roles show secretAccessor', 'secretmanager.secretAccessor']] as const;
    for (const [line, meant] of near) await refused(line, 5, new RegExp(`NOT_FOUND[^]*Is ${meant} meant`));
  });
});

describe('konektor api', () => {
  it('calls rows by id, with names made whole and answers in each form', async () => {
    expect(await object('api connections.get')).toMatchObject({ name: DEMO });
    expect(await object('api secretVersions.get --path secretVersion=stripe-api-key/latest')).toMatchObject({ state: 'ENABLED' });
    expect(await object('api roles.get --path role=roles/owner')).toMatchObject({ title: 'Owner' });
    expect(await object('api projects.create --data -', '{"projectId": "lewat-api"}')).toMatchObject({ done: true });
    const page = await konektor('api entities.list --path entityType=Customer --query pageSize=2 --query sortBy=Email -o jsonl');
    expect(page.out.trim().split('\n')).toHaveLength(2);
    expect(page.err).toContain('--all');
    const all = (await said('api entities.list --path entityType=Customer --query pageSize=7 --all -o jsonl')).trim().split('\n');
    expect(new Set(all.map((line) => (JSON.parse(line) as { readonly name: string }).name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(7);
    expect((await said('api auditEntries.export --query from=2020-01-01T00:00:00Z')).trim().split('\n').length).toBeGreaterThan(3);
  });

  it('asks before it destroys, and tells every fault before it calls', async () => {
    await refused('api projects.delete --project lewat-api', 3, /projects\/lewat-api[^]*--yes/);
    expect(await object('api projects.delete --project lewat-api --yes')).toEqual({});
    await refused('api entities.lst', 5, /Is entities\.list meant/);
    await refused('api secrets.get --path scret=a --query pageSize=5 --data {}', 2, /no parameter pageSize[^]*no scret: is secret meant[^]*lacks --path secret[^]*no body[^]*konektor api show secrets\.get/);
    await refused('api entities.get --path entityType=.. --path entity=a', 2, /cannot stand in a path/);
    await refused('api projects.get --all', 2, /no pages/);
    await refused('api projects.create --data {a', 2, /not JSON/);
    await refused('api projects.update --data @/nowhere.json', 5, /^There is no file \/nowhere\.json\.\n$/);
    await refused('api projects.get --project none', 5, /NOT_FOUND/);
  });
});

describe('every list', () => {
  const UNBOUNDED = ['connections states'];
  /** In CSV it has all that there is, and in a table what a person looks for. */
  const FULLER_IN_CSV = ['writes list'];
  const LISTS = ['writes list', 'connections search stripe', 'projects list', 'services list', 'service-accounts list', 'secrets list', 'secrets versions stripe-api-key', 'roles list', 'tokens list', 'operations list', 'audit list --limit 3', 'locations list', 'providers list', 'connectors list', 'connectors versions stripe', 'connections list', 'connections states', 'connections offers --actions'];

  it.each(LISTS)('%s, in the five forms', async (list) => {
    const json = await items(list);
    expect(Array.isArray(json)).toBe(true);
    const of = async (form: string): Promise<string> => said(`${list} -o ${form}`);
    // What is listed may grow between two calls: the log of calls, for one.
    if (!list.startsWith('audit')) {
      expect((await of('jsonl')).split('\n').filter((line) => line !== '').map((line): unknown => JSON.parse(line))).toEqual(json);
      expect(parse(await of('yaml'))).toEqual(json);
    }
    if (!UNBOUNDED.includes(list) && json.length > 0) expect((await said(`${list} --limit 1 -o jsonl`)).split('\n')).toHaveLength(2);
    if (FULLER_IN_CSV.includes(list)) return;
    const heads = (await of('table')).split('\n')[0]?.split(/ {2,}/);
    expect((await of('csv')).split('\n')[0]?.split(',')).toEqual(heads);
  });
});
