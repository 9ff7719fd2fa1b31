// konektor rows, actions, entities and explain: what people and scripts do with data, on a terminal and over pipes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillCustomers } from '../../bench/fill.ts';
import { present } from '../present.ts';
import { command, tooWide, type Circumstances } from './command-here.ts';
import { konektor, PROGRAM, spawnCommand, type CommandEnd } from './running-command.ts';
import { DEMO, TOKEN, type Fields, type RunningServer, withServer } from './running-server.ts';

let server: RunningServer;
let folder: string;
withServer((started, its) => { [server, folder] = [started, its]; });

const variables = (): Readonly<Record<string, string>> => ({ KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN, KONEKTOR_CONNECTION: DEMO });
const type = (words: readonly string[], more: Circumstances = {}): Promise<CommandEnd> => command(words, variables(), more);
/** On a terminal of 80 columns. */
const show = (words: readonly string[], more: Circumstances = {}): Promise<CommandEnd> => type(words, { columns: 80, ...more });

async function rowsOf(...words: readonly string[]): Promise<readonly Fields[]> {
  const { exitCode, out, err } = await type(['rows', 'list', ...words, '-o', 'json']);
  expect(exitCode, err).toBe(0);
  return JSON.parse(out) as readonly Fields[];
}

async function make(...words: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await type(['rows', 'create', ...words, '-o', 'json']);
  expect(exitCode, err).toBe(0);
  return String((JSON.parse(out) as Fields)['Id']);
}

describe('konektor rows list', () => {
  it('shows on a terminal what a person looks for first, within 80 columns', async () => {
    const customers = await show(['rows', 'list', 'Customer']);
    expect(customers.out.split('\n')[0]).toMatch(/^Id +Name +Email /);
    expect(customers.out.split('\n')).toHaveLength(27);
    expect(customers.err).toBe('There are more rows: --all reads them too.\n');
    const intents = await show(['rows', 'list', 'PaymentIntent', '--limit', '3']);
    expect(intents.out).toMatch(/^Id +Status +Amount/);
    expect(intents.out).toMatch(/^pi_\w+ +\w+ +\d+ (usd|idr|eur|jpy) /m);
    const invoices = await show(['rows', 'list', 'Invoice', '--sort', 'Created desc', '--columns', 'Id,total,Created', '-n', '5']);
    expect(invoices.out).toMatch(/^Id +Total +Created\nin_\w+ +\d+ \w{3} +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\n/);
    expect(invoices.out.split('\n')).toHaveLength(7);
    for (const { out } of [customers, intents, invoices, await show(['rows', 'list', 'Price', '--all']), await show(['rows', 'list', 'Balance'])]) expect(tooWide(out)).toEqual([]);
    const wide = await show(['rows', 'list', 'Customer', '--wide', '-n', '1']);
    expect(wide.out.split('\n')[0]).toMatch(/AddressCity.* Name/);
  });

  it('gives the same rows as JSON, lines, CSV and YAML, with amounts and times as they are', async () => {
    const words = ['rows', 'list', 'PaymentIntent', '--limit', '2', '--columns', 'Id,Amount,Created,Metadata', '-o'];
    const [json, jsonl, csv, yaml] = await Promise.all(['json', 'jsonl', 'csv', 'yaml'].map(async (form) => (await type([...words, form])).out));
    const rows = JSON.parse(json ?? '') as readonly Fields[];
    expect(rows).toEqual([{ Id: expect.stringMatching(/^pi_/), Amount: expect.any(Number), Created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), Metadata: expect.any(Object) }, expect.anything()]);
    expect(jsonl?.trim().split('\n').map((line) => JSON.parse(line) as Fields)).toEqual(rows);
    expect(csv?.split('\n').slice(0, 2)).toEqual(['Id,Amount,Created,Metadata', expect.stringMatching(new RegExp(`^${String(rows[0]?.['Id'])},${String(rows[0]?.['Amount'])},${String(rows[0]?.['Created'])},`))]);
    expect(yaml).toContain(`- Id: ${String(rows[0]?.['Id'])}\n  Amount: ${String(rows[0]?.['Amount'])}\n`);
    const { out } = await type(['rows', 'list', 'Customer', '-n', '1', '-o', 'csv']);
    expect(out.split('\n')[0]?.split(',').length, 'every column').toBeGreaterThan(50);
  });

  it('reads one page, so many rows, all of them, and goes on behind a page', async () => {
    const first = await type(['rows', 'list', 'Customer', '--page-size', '10', '-o', 'jsonl']);
    const [, token = ''] = /--page-token (\S+)\n$/.exec(first.err) ?? [];
    const second = await type(['rows', 'list', 'Customer', '--page-token', token, '--limit', '7', '-o', 'jsonl']);
    const all = await type(['rows', 'list', 'Customer', '--all', '--page-size', '17', '-o', 'jsonl']);
    expect(all.err).toBe('');
    const ids = (text: string): readonly unknown[] => text.trim().split('\n').map((line) => (JSON.parse(line) as Fields)['Id']);
    expect(ids(second.out)).toHaveLength(7);
    expect(ids(all.out).slice(0, 17)).toEqual([...ids(first.out), ...ids(second.out)]);
    expect(new Set(ids(all.out)).size).toBeGreaterThanOrEqual(40);
    expect(await rowsOf('Customer', '--filter', "Id = 'cus_none'")).toEqual([]);
    expect(await show(['rows', 'list', 'Customer', '--filter', "Id = 'cus_none'"])).toMatchObject({ exitCode: 0, err: 'No row passes.\n' });
  });

  it.each([
    [['Custmer'], 5, /NOT_FOUND[^]*konektor entities list/], [['SubscriptionItem'], 2, /Subscription = '…'[^]*--filter/], [['Customer', '--filter', 'Email ='], 2, /INVALID_ARGUMENT/],
    [['Customer', '--filter', "Emial = 'x'"], 2, /did you mean Email\?[^]*konektor entities show/], [['Customer', '--columns', 'Id,Nmae,Nothing'], 2, /no column Nmae; is Name meant\?\n.*no column Nothing\nkonektor entities show Customer lists them/], [['Customer', '--columns', 'Nmae', '-c', 'stripe-sandbox'], 2, /konektor entities show Customer -c demo\/us-central1\/stripe-sandbox lists them/], [['Customer', '--sort', 'Name, Email'], 2, /sorted by one column/],
    [['Customer', '--limit', 'many'], 2, /--limit takes a number/], [['Customer', '--all', '--limit', '3'], 2, /pass one of them/], [['Customer', '--page-token', 'bm9uZQ'], 2, /INVALID_ARGUMENT/], [['Customer', '-c', 'none'], 5, /"none"/],
    [['Customer', '--server', 'http://127.0.0.1:1'], 75, /cannot be reached[^]*Is the server running/], [['Customer', '--token', 'nobodys-token-nobodys'], 4, /UNAUTHENTICATED/],
  ] as const)('tells what is wrong: %j', async (words, code, told) => {
    const { exitCode, out, err } = await type(['rows', 'list', ...words]);
    expect([exitCode, out]).toEqual([code, '']);
    expect(err).toMatch(told);
  });
});

describe('writing rows', () => {
  it('makes, shows, changes and deletes one, with values as their columns have them', async () => {
    const id = await make('Customer', '--set', 'Name=Ani', '--set', 'email=ani@example.com', '--set', 'Metadata.tier=gold', '--set', 'Metadata.order.id=0017', '--set', 'Balance=700', '--set', 'PreferredLocales=id,en', '--set', 'Shipping:={"name":"Ani","address":{"city":"Medan"}}');
    const { out } = await type(['rows', 'get', 'Customer', id, '-o', 'json']);
    expect(JSON.parse(out)).toMatchObject({ Id: id, Name: 'Ani', Email: 'ani@example.com', Balance: 700, Metadata: { tier: 'gold', 'order.id': '0017' }, PreferredLocales: ['id', 'en'], ShippingAddressCity: 'Medan' });
    const shown = await show(['rows', 'get', 'Customer', id]);
    expect(shown.out).toMatch(new RegExp(`^Id +${id}$[^]*^Balance +700 usd$[^]*^Metadata +{"tier":"gold"`, 'm'));
    expect(tooWide(shown.out)).toEqual([]);
    expect((await show(['rows', 'get', 'Customer', id, '--columns', 'Balance,Metadata.tier'])).out).toBe('Balance        700 usd\nMetadata.tier  gold\n');

    const file = join(folder, 'ani.yaml');
    writeFileSync(file, 'Phone: "+62 21 555"\nMetadata: {tier: silver}\n');
    expect(await show(['rows', 'update', 'Customer', id, '--data', file, '--set', 'Metadata.since=2026'])).toEqual({ exitCode: 0, out: `Id  ${id}\n`, err: '' });
    expect(await rowsOf('Customer', '-f', `Id = '${id}'`, '--columns', 'Phone,Metadata.tier,Metadata.since')).toEqual([{ Phone: '+62 21 555', 'Metadata.tier': 'silver', 'Metadata.since': '2026' }]);

    const refused = await type(['rows', 'delete', 'Customer', id]);
    expect(refused).toEqual({ exitCode: 3, out: '', err: `Deletes Customer ${id} through demo/us-central1/stripe-sandbox.\nNothing was done, since nobody can be asked here: --yes does it.\n` });
    expect(await show(['rows', 'delete', 'Customer', id], { input: 'n\n' })).toMatchObject({ exitCode: 130, err: expect.stringMatching(/Go on\? \[y\/N\] Nothing was done/) });
    expect(await show(['rows', 'delete', 'Customer', id], { input: 'y\n' })).toMatchObject({ exitCode: 0, err: expect.stringContaining(`Deleted Customer ${id}.`) });
    expect(await type(['rows', 'get', 'Customer', id])).toMatchObject({ exitCode: 5, err: expect.stringContaining('NOT_FOUND') });
  });

  it('takes JSON from the input, and a key that does a write once', async () => {
    const words = ['rows', 'create', 'PaymentIntent', '--data', '-', '--set', 'Currency=usd', '--idempotency-key', 'rows-command-once', '-o', 'csv'];
    const [one, two] = [await type(words, { input: '{"Amount": 1500}' }), await type(words, { input: '{"Amount": 1500}' })];
    expect(one).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^Id\npi_\w+\n$/) });
    expect(two).toEqual(one);
    expect(await type(words, { input: '{"Amount": 1600}' })).toMatchObject({ exitCode: 2, err: expect.stringContaining('rows-command-once') });
  });

  it('shows the request instead of sending it', async () => {
    const count = (await rowsOf('Customer', '--all')).length;
    const { out } = await type(['rows', 'create', 'Customer', '--set', 'Name=Never', '--set', 'Balance=5', '--dry-run', '--idempotency-key', 'k1']);
    expect(out).toBe(`POST ${server.url}/v2/${DEMO}/entityTypes/Customer/entities\nidempotency-key: k1\n\n{\n  "fields": {\n    "Name": "Never",\n    "Balance": 5\n  }\n}\n`);
    const deletion = await type(['rows', 'delete', 'Customer', '--filter', "Name LIKE 'A%'", '--dry-run', '-o', 'json']);
    expect(deletion.err).toMatch(/^\d+ rows? of Customer pass(es)? now\.\n$/);
    expect(JSON.parse(deletion.out)).toMatchObject({ method: 'POST', url: expect.stringContaining('entities:deleteEntitiesWithConditions?conditions=Name+LIKE') });
    expect(out + deletion.out).not.toContain(TOKEN);
    expect(await rowsOf('Customer', '--all')).toHaveLength(count);
  });

  it('changes and deletes all that pass a filter, once it is known how many there are', async () => {
    for (const name of ['Satu', 'Dua', 'Tiga']) await make('Customer', '--set', `Name=${name}`, '--set', 'Metadata.batch=rows');
    const filter = "Metadata.batch = 'rows'";
    const refused = await type(['rows', 'update', 'Customer', '--filter', filter, '--set', 'Phone=+1']);
    expect(refused).toMatchObject({ exitCode: 3, out: '', err: expect.stringMatching(/^Changes 3 rows of Customer, where Metadata\.batch = 'rows',\nthrough demo\/us-central1\/stripe-sandbox\.\n.*--yes/) });
    expect(await show(['rows', 'update', 'Customer', '--filter', filter, '--set', 'Phone=+1'], { input: 'yes\n' })).toMatchObject({ exitCode: 0, out: 'CHANGED  3\n' });
    expect((await rowsOf('Customer', '--filter', filter, '--columns', 'Phone')).map(({ Phone }) => Phone)).toEqual(['+1', '+1', '+1']);
    expect(await type(['rows', 'delete', 'Customer', '--filter', filter, '--yes'])).toEqual({ exitCode: 0, out: '', err: 'Deleted.\n' });
    expect(await type(['rows', 'delete', 'Customer', '--filter', filter])).toMatchObject({ exitCode: 0, err: expect.stringContaining('nothing was done') });
  });

  it.each([
    [['create', 'Customer'], 2, /No column is given a value[^]*konektor entities show Customer/], [['create', 'Customer', '--set', 'Name'], 2, /Column=value/], [['create', 'Customer', '--set', 'Balance=much', '--set', 'Nmae=x'], 2, /Balance: must be a whole number[^]*Nmae/],
    [['create', 'PaymentIntent', '--set', 'Amount=15.00', '--set', 'Currency=usd'], 2, /Amount: .*write 1500 if/], [['update', 'Customer', '--set', 'Name=x'], 2, /No row is named/], [['update', 'Customer', 'cus_1', '--filter', "Name = 'x'", '--set', 'Name=y'], 2, /pass one of them/],
    [['delete', 'Customer', '--filter', '  ', '--yes'], 2, /No row is named/], [['delete', 'PaymentIntent', 'pi_1', '--yes'], 64, /has no DELETE[^]*konektor entities show/], [['update', 'Customer', 'cus_none', '--set', 'Name=x'], 5, /NOT_FOUND/],
    [['create', 'Customer', '--data', '/nowhere.json'], 5, /nowhere\.json/], [['create', 'Customer', '--set', '__proto__.a=1'], 2, /UNKNOWN|no __proto__|Column=value|INVALID/],
  ] as const)('tells what is wrong: %j', async (words, code, told) => {
    const { exitCode, out, err } = await type(['rows', ...words]);
    expect([exitCode, out], err).toEqual([code, '']);
    expect(err).toMatch(told);
  });

  it('says under which key to go on where it is not known what became of a write', async () => {
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ fault: 'server_error_after', method: 'POST', path: '/v1/customers', times: 20 }) });
    const { exitCode, err } = await type(['rows', 'create', 'Customer', '--set', 'Name=Unsure', '--idempotency-key', 'rows-unsure']);
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'DELETE' });
    expect(exitCode).toBe(75);
    expect(err).toContain('--idempotency-key rows-unsure');
  });
});

describe('konektor actions', () => {
  it('lists, shows and runs them', async () => {
    const listed = await show(['actions', 'list', '--search', 'REFUND cancel']);
    expect(listed.out).toMatch(/^ACTION +DESCRIPTION\n[^]*^CancelRefund +Cancels/m);
    const shown = await show(['actions', 'show', 'ConfirmPaymentIntent']);
    expect(shown.out).toMatch(/Inputs that it needs:\n {2}PaymentIntentId +VARCHAR/);
    for (const { out } of [listed, shown, await show(['actions', 'show', 'ConfirmPaymentIntent', '--all'])]) expect(tooWide(out)).toEqual([]);
    expect(JSON.parse((await type(['actions', 'show', 'AcceptQuote', '-o', 'json'])).out)).toMatchObject({ name: 'AcceptQuote', inputParameters: expect.any(Array) });

    const intent = await make('PaymentIntent', '--set', 'Amount=1500', '--set', 'Currency=usd', '--set', 'PaymentMethod=pm_card_visa');
    const run = ['actions', 'run', 'ConfirmPaymentIntent', '--input', `PaymentIntentId=${intent}`, '-i', 'ReturnUrl=https://example.com/'];
    expect((await type([...run, '--dry-run'])).out).toContain('x-konektor-output: typed');
    const typedRun = await type([...run, '--idempotency-key', 'act-1', '-o', 'json']);
    expect(JSON.parse(typedRun.out)).toEqual([expect.objectContaining({ id: intent, amount: 1500, status: 'succeeded' })]);
    expect((await type([...run, '--idempotency-key', 'act-1', '-o', 'csv'])).out.split('\n')[0]).toContain('amount');
    expect(await type(run)).toMatchObject({ exitCode: 3, err: expect.stringContaining('FAILED_PRECONDITION') });
    const [made] = JSON.parse((await type(['actions', 'run', 'CancelPaymentIntent', '-i', `PaymentIntentId=${await make('PaymentIntent', '--set', 'Amount=100', '--set', 'Currency=usd')}`, '--text', '--yes', '-o', 'json'])).out) as readonly Fields[];
    expect(made).toMatchObject({ amount: '100', status: 'canceled' });
    const cancel = ['actions', 'run', 'CancelPaymentIntent', '-i', `PaymentIntentId=${await make('PaymentIntent', '--set', 'Amount=100', '--set', 'Currency=usd')}`];
    const asked = /^Runs CancelPaymentIntent \(PaymentIntentId=pi_\w+\)\nthrough demo\/us-central1\/stripe-sandbox\. What it ends is not brought back\.\n/;
    expect(await type(cancel)).toMatchObject({ exitCode: 3, out: '', err: expect.stringMatching(new RegExp(`${asked.source}Nothing was done, .*--yes`)) });
    expect(await show(cancel, { input: 'n\n' })).toMatchObject({ exitCode: 130, out: '' });
    expect((await type([...cancel, '--dry-run'])).exitCode).toBe(0);
    expect((await show(cancel, { input: 'y\n' })).out).toMatch(/^amount +100$/m);
    expect((await show(['actions', 'show', 'CancelPaymentIntent'])).out).toContain('It ends something for good, and asks before it is run.');
    expect(await type(['actions', 'run', 'CnfirmPaymentIntent'])).toMatchObject({ exitCode: 5, err: expect.stringMatching(/no action 'CnfirmPaymentIntent'[^]*konektor actions list/) });
    expect(await type(['actions', 'run', 'ConfirmPaymentIntent'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('PaymentIntentId') });
  });
});

describe('konektor entities', () => {
  it('lists them, finds some by words, and shows one with what it needs', async () => {
    const all = await type(['entities', 'list', '-o', 'jsonl']);
    expect(all.out.trim().split('\n')).toHaveLength(172);
    expect((await type(['entities', 'list', '--search', 'invoice', '--limit', '2', '-o', 'jsonl'])).out.trim().split('\n')).toHaveLength(2);
    const found = await show(['schema', 'list', '--search', 'invoice item']);
    expect(found.out).toMatch(/^ENTITY +OPERATIONS +DESCRIPTION\n(.*\n)*InvoiceItem +LIST GET CREATE UPDATE DELETE /);
    const child = await show(['entities', 'show', 'SubscriptionItem']);
    expect(child.out).toMatch(/A list needs +Subscription = '…'[^]*A creation needs +Subscription[^]*konektor rows list SubscriptionItem --filter "Subscription = '…'"/);
    const customer = await show(['entities', 'show', 'customer']);
    expect(customer.out).toMatch(/Source filters +Created \(= < <= > >=\), Email \(=\)[^]*^ {2}Balance +BIGINT +cu\$ /m);
    for (const { out } of [found, child, customer, await show(['entities', 'show', 'Balance']), await show(['entities', 'show', 'PaymentIntent'])]) expect(tooWide(out)).toEqual([]);
    // Over pipes nothing is cut.
    const cut = /[^=]…\n/;
    expect(customer.out).toMatch(cut);
    for (const { out } of [await type(['entities', 'show', 'customer']), await type(['actions', 'show', 'ConfirmPaymentIntent', '--all'])]) {
      expect(out).not.toMatch(cut);
      expect(tooWide(out).length).toBeGreaterThan(5);
    }
    expect(JSON.parse((await type(['entities', 'show', 'Customer', '-o', 'json'])).out)).toMatchObject({ name: 'Customer', operations: expect.arrayContaining(['LIST']), jsonSchema: expect.any(Object) });
    expect((await type(['entities', 'show', 'Customer', '-o', 'csv'])).out).toMatch(/^name,type,key,[^]*^Email,VARCHAR,false,true,CREATE UPDATE,false,'=,/m);
    expect(await type(['entities', 'show', 'Kustomer'])).toMatchObject({ exitCode: 5 });
  });
});

describe('konektor explain', () => {
  it('tells people what a list will do, and keeps its word', async () => {
    const told = await show(['explain', 'Customer', '--filter', "Email = 'jenny@example.com' AND Name LIKE 'J%'", '--sort', 'Name']);
    expect(told.out).toMatch(/^List +Customer where [^]*^Source filters +Email = 'jenny@example\.com'$[^]*^Looked at here +Name LIKE 'J%'$[^]*^Order +made here[^]*^Calls +as many as it takes, up to \d[^]*^Full scan +no$[^]*^Asked of source +email = "jenny@example\.com"$/m);
    expect(tooWide(told.out)).toEqual([]);
    // What is promised of calls is what the source sees.
    for (const words of [['Customer', '--page-size', '200'], ['Customer'], ['Invoice', '--sort', 'Created desc'], ['Customer', '--filter', "Id IN ('cus_1', 'cus_2', 'cus_3')"]]) {
      const { calls } = JSON.parse((await type(['explain', ...words, '-o', 'json'])).out) as { readonly calls: number };
      await fetch(`${server.sandboxUrl}/_sandbox/reset-requests`, { method: 'POST' });
      await rowsOf(...words);
      const { total } = (await (await fetch(`${server.sandboxUrl}/_sandbox/requests?method=GET&path=/v1/*`)).json()) as { readonly total: number };
      expect(total, words.join(' ')).toBeLessThanOrEqual(calls);
      expect(total).toBeGreaterThan(0);
    }
    expect(await type(['explain', 'SubscriptionItem'])).toMatchObject({ exitCode: 2, err: expect.stringContaining("Subscription = '…'") });
    expect(await type(['explain', 'Event', '--sort', 'Nothing'])).toMatchObject({ exitCode: 2 });
  });
});

describe('completion', () => {
  it.each([
    ['rows list Cust', /^Customer\t/m], ['rows list Customer --sort Crea', /^Created\t/m], ['rows list Customer --columns Id,Ema', /^Id,Email\t/m], ['rows list Customer --filter "Ema', /^Email =\t/m],
    ['rows create Customer --set Name=Ani --set Pho', /^Phone=\t/m], ['actions run ConfirmPay', /^ConfirmPaymentIntent\t/m], ['actions run ConfirmPaymentIntent --input PaymentInt', /^PaymentIntentId=\t/m],
    ['entities show Invoice', /^InvoiceItem\t/m], ['explain Customer --sort Na', /^Name\t/m], ['rows list Customer -o ', /^jsonl\t/m], ['act', /^actions\t/m], ['rows delete Customer --d', /^--dry-run\t/m],
  ] as const)('knows what stands behind "%s"', async (line, expected) => {
    // A server that does not answer at once is not waited for: whoever wants to know presses the key again. What is known then is kept.
    await expect.poll(async () => {
      const { exitCode, out } = await command(['__complete', 'zsh', `konektor ${line}`], { ...variables(), XDG_CACHE_HOME: folder });
      expect(exitCode).toBe(0);
      return out;
    }).toMatch(expected);
  });
});

/** What each shell is run with: its own script, then the line of $LINE completed as the shell would, and what it was offered printed. */
const SHELLS = {
  bash: 'source <(konektor completion bash); COMP_LINE="konektor $LINE"; COMP_POINT=${#COMP_LINE}; _konektor konektor "${LINE##*[ ,]}" ""; printf "%s\\n" "${COMPREPLY[@]}"',
  // What stands at the cursor is told by the line editor, which there is none of here; what is offered goes to compadd.
  zsh: 'source <(konektor completion zsh); compadd() { while [[ $1 != -- ]] shift; print -rl -- "${@[2,-1]}"; }; words=(konektor ${=LINE}); CURRENT=$#words; PREFIX=$words[-1]; IPREFIX= QIPREFIX=; _konektor',
  fish: 'konektor completion fish | source; complete -C "konektor $LINE"',
} as const;
const found = Object.entries(SHELLS).map(([shell, script]) => {
  const isInstalled = spawnSync(shell, ['-c', 'exit 0']).status === 0;
  return { shell, script, isInstalled: present(`completion in ${shell}`, isInstalled ? shell : undefined, `${shell} is not installed (Debian: apt-get install ${shell})`) !== undefined };
});

for (const { shell, script, isInstalled } of found) describe.skipIf(!isInstalled)(`completion in ${shell}`, () => {
  const lines = [
    ['actions run ConfirmPaymentIntent --input PaymentInt', /^PaymentIntentId=/m], ['rows list Customer --columns Id,Ema', /^(Id,)?Email/m], ['rows list Custo', /^Customer(\s|$)/m],
    ...(shell === 'zsh' ? [] : [["explain Customer --filter 'Ema", /^'?Email =/m] as const]),
  ] as const;
  it.each(lines)('completes "%s"', (line, expected) => {
    const commands = join(folder, 'commands');
    mkdirSync(commands, { recursive: true });
    writeFileSync(join(commands, 'konektor'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, { mode: 0o755 });
    const { stdout, stderr } = spawnSync(shell, ['-c', script], { env: { ...process.env, ...variables(), PATH: `${commands}:${process.env['PATH'] ?? ''}`, LINE: line, HOME: folder, XDG_CACHE_HOME: folder }, encoding: 'utf8' });
    expect(stdout, stderr).toMatch(expected);
  });
});

describe('long reads', () => {
  it('waits where there are too many calls, tells so, and loses nothing', async () => {
    const rejected = { error: { type: 'rate_limit_error', code: 'rate_limit', message: 'Too many requests' } };
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'GET', path: '/v1/customers', status: 429, headers: { 'retry-after': '0.02' }, body: rejected, times: 6 }) });
    const { exitCode, out, err } = await type(['rows', 'list', 'Customer', '--all', '-o', 'jsonl']);
    expect(exitCode, err).toBe(0);
    expect(err).toMatch(/^Too many calls for now \(BACKEND_RATE_LIMITED\): going on in \d+\.\d s\.\n$/);
    expect(out.trim().split('\n').length).toBeGreaterThanOrEqual(40);

    // A write is sent again under its key, and done once.
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'POST', path: '/v1/customers', status: 429, headers: { 'retry-after': '0.02' }, body: rejected, times: 6 }) });
    expect(await type(['rows', 'create', 'Customer', '--set', 'Name=Limited'])).toMatchObject({ exitCode: 0, err: expect.stringMatching(/^Too many calls for now/) });
    expect(await rowsOf('Customer', '--filter', "Name = 'Limited'", '--all')).toHaveLength(1);
  });

  it('stream: a reader that leaves early ends them, and an interruption says where to go on', { timeout: 400_000 }, async () => {
    await fillCustomers(server.sandboxUrl, 2_000);
    const lists = async (): Promise<number> => ((await (await fetch(`${server.sandboxUrl}/_sandbox/requests?method=GET&path=/v1/customers`)).json()) as { readonly total: number }).total;
    const before = await lists();
    const head = spawn('sh', ['-c', '"$NODE" "$PROGRAM" rows list Customer --all -o jsonl | head -1'], { env: { ...process.env, ...variables(), NODE: process.execPath, PROGRAM, KONEKTOR_CONFIG: '/nowhere' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [text, complaint] = ['', ''];
    head.stdout.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    head.stderr.on('data', (chunk: Buffer) => { complaint += chunk.toString(); });
    await once(head, 'close');
    expect([head.exitCode, text.split('\n').length, complaint]).toEqual([0, 2, '']);
    const deaf = spawn('bash', ['-c', 'set -o pipefail; "$NODE" "$PROGRAM" rows list Nowhere 2>&1 | true'], { env: { ...process.env, ...variables(), NODE: process.execPath, PROGRAM, KONEKTOR_CONFIG: '/nowhere' }, stdio: 'ignore' });
    await once(deaf, 'close');
    expect(deaf.exitCode, 'nobody reads the error either: its exit code stays').toBe(5);
    expect(await lists() - before, 'calls of 100 rows').toBeLessThan(15);

    // However fast the machine is, it takes long enough to be shown.
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ method: 'GET', path: '/v1/customers', delay_ms: 150, times: 4 }) });
    const watched = await show(['rows', 'list', 'Customer', '--all', '-o', 'jsonl'], { piped: true });
    expect(watched.out.split('\n').length).toBeGreaterThan(2_040);
    expect(watched.err.replaceAll('\u001b[K', '')).toMatch(/^(\rReading Customer: \[[.#]{24}\] [\d,]+ rows, [\d,]+ a second)+\r$/);
    expect(tooWide(watched.err)).toEqual([]);

    const whole = await konektor(['rows', 'list', 'Customer', '--all', '-o', 'csv', '--columns', 'Id,Name'], variables());
    expect(whole.exitCode, whole.err).toBe(0);
    expect(whole.out.split('\n').length).toBeGreaterThan(2_040);

    const child = spawnCommand(['rows', 'list', 'Customer', '--all', '--page-size', '20', '-o', 'jsonl'], variables());
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => { told += chunk.toString(); });
    child.stdout?.once('data', () => child.kill('SIGINT'));
    child.stdout?.resume();
    await once(child, 'close');
    expect(child.exitCode).toBe(130);
    expect(told).toMatch(/^[\d,]+ rows were given; those behind them: --page-token \S+\nInterrupted\.\n$/);
  });
});
