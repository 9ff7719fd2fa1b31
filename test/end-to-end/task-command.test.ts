// konektor task: exported Connectors tasks run as they are, from a file and over a pipe, in every form of output; what is not
// filled is told at once, and what deletes is asked about.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportedIntegration } from './exported-integration.ts';
import { command } from './command-here.ts';
import { PROGRAM, type CommandEnd } from './running-command.ts';
import { DEMO, TOKEN, type Fields, type RunningServer, withServer } from './running-server.ts';

let server: RunningServer;
let file: string;
withServer((started, folder) => {
  server = started;
  file = join(folder, 'customers.json');
  writeFileSync(file, JSON.stringify(exportedIntegration(DEMO), null, 2));
});

const variables = (): Readonly<Record<string, string>> => ({ KONEKTOR_SERVER: server.url, KONEKTOR_TOKEN: TOKEN });
const run = (...words: readonly string[]): Promise<CommandEnd> => command(['task', 'run', file, ...words], variables());
async function outputsOf(...words: readonly string[]): Promise<{ readonly connectorOutputPayload: Fields & readonly Fields[]; readonly listEntitiesNextPageToken?: string }> {
  const { exitCode, out, err } = await run(...words);
  expect(exitCode, err).toBe(0);
  return JSON.parse(out) as Awaited<ReturnType<typeof outputsOf>>;
}

describe('konektor task run', () => {
  it('runs each task of an export with its variables filled', async () => {
    const created = await outputsOf('--task', 'Create customer', '--input', 'name=Jenny "J" Rosen', '-i', 'balance=7');
    expect(created).toEqual({ connectorOutputPayload: { Id: expect.stringMatching(/^cus_/) } });
    const id = String(created.connectorOutputPayload['Id']);
    expect((await outputsOf('--task', '2', '--input', `customerId=${id}`)).connectorOutputPayload).toMatchObject({ Id: id, Name: 'Jenny "J" Rosen', Email: 'exported@example.com', Balance: 7, Description: 'Jenny "J" Rosen of Jakarta' });
    const listed = await outputsOf('--task', '3', '-i', 'Task_3_listEntitiesPageSize=10');
    expect(listed).toEqual({ connectorOutputPayload: [expect.objectContaining({ Id: id })], listEntitiesNextPageToken: '' });
    expect((await outputsOf('--task', '3', '-i', 'contact={"email":"x\' OR Name <> \'"}')).connectorOutputPayload).toEqual([]);

    const asked = await run('--task', '4', '--input', `customerId=${id}`);
    expect(asked).toMatchObject({ exitCode: 3, out: '', err: expect.stringContaining(`Deletes Customer ${id}\nthrough demo/us-central1/stripe-sandbox.`) });
    expect(await outputsOf('--task', '4', '--input', `customerId=${id}`, '--yes')).toEqual({});
    expect(await run('--task', '2', '--input', `customerId=${id}`)).toMatchObject({ exitCode: 5, out: '', err: expect.stringContaining('NOT_FOUND') });
  });

  it('takes the file over a pipe, and gives rows to what comes behind', async () => {
    const made = await server.call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Piped', Email: 'exported@example.com' } });
    expect(made.status).toBe(200);
    const piped = async (...words: readonly string[]): Promise<string> => {
      const { exitCode, out, err } = await command(['task', 'run', '-', '--task', '3', ...words], variables(), { input: readFileSync(file, 'utf8') });
      expect(exitCode, err).toBe(0);
      return out;
    };
    expect((await piped('-o', 'jsonl')).trim().split('\n').map((line) => (JSON.parse(line) as Fields)['Name'])).toEqual(['Piped']);
    expect(await piped('-o', 'yaml')).toMatch(/^connectorOutputPayload:\n {2}- .*Id: cus_/m);
    expect(await piped('-o', 'table')).toContain('exported@example.com');
    // What a shell makes of it: a reader that leaves early is no fault.
    const { stdout, stderr, status } = spawnSync('bash', ['-o', 'pipefail', '-c', 'cat "$FILE" | "$NODE" "$PROGRAM" task run - --task 3 -o csv | head -1'], { env: { ...process.env, ...variables(), FILE: file, NODE: process.execPath, PROGRAM }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Id,/);
  });

  it('takes another connection, and a key that does a write once', async () => {
    const elsewhere = join(file, '..', 'elsewhere.json');
    writeFileSync(elsewhere, JSON.stringify(exportedIntegration('projects/shop/locations/us-central1/connections/stripe')));
    const words = ['task', 'run', elsewhere, '--task', '1', '-i', 'name=Once', '--idempotency-key', 'task-command-once'];
    expect(await command(words, variables())).toMatchObject({ exitCode: 5, err: expect.stringContaining('projects/shop/locations/us-central1/connections/stripe') });
    const [one, two] = [await command([...words, '-c', 'demo/us-central1/stripe-sandbox'], variables()), await command([...words, '-c', 'stripe-sandbox'], variables())];
    expect(one).toMatchObject({ exitCode: 0 });
    expect(two).toEqual(one);
  });

  it('asks before it changes what passes a filter, or ends something for good', async () => {
    const parameters = (values: Readonly<Record<string, string>>): object => Object.fromEntries(Object.entries({ connectionName: DEMO, ...values }).map(([key, stringValue]) => [key, { key, value: { stringValue } }]));
    const asked = async (values: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<CommandEnd> =>
      command(['task', 'run', '-', ...words], variables(), { input: JSON.stringify({ task: 'GenericConnectorTask', taskId: '1', parameters: parameters(values) }) });
    const change = { operation: 'UPDATE_ENTITY', entityType: 'Customer', filterClause: "Email = 'nobody@example.com'", connectorInputPayload: '{"Name": "x"}' };
    expect(await asked(change)).toMatchObject({ exitCode: 3, out: '', err: expect.stringContaining("Changes every row of Customer where Email = 'nobody@example.com'\nthrough demo/us-central1/stripe-sandbox.") });
    expect(await asked(change, '--yes')).toMatchObject({ exitCode: 0 });
    const cancel = { operation: 'EXECUTE_ACTION', actionName: 'CancelSubscription', connectorInputPayload: '{"SubscriptionId": "sub_none"}' };
    expect(await asked(cancel)).toMatchObject({ exitCode: 3, out: '', err: expect.stringContaining('Runs CancelSubscription (SubscriptionId=sub_none)') });
    expect(await asked(cancel, '--yes')).toMatchObject({ exitCode: 5 });
  });

  it('tells everything that is not filled, and which tasks there are', async () => {
    expect(await run()).toMatchObject({ exitCode: 2, err: expect.stringContaining('holds 6 Connectors tasks; choose one by its id: 1 (Create customer), 2 (Get customer)') });
    const { exitCode, err } = await run('--task', '1', '-i', 'nmae=x', '-i', 'balance=much');
    expect(exitCode).toBe(2);
    expect(err).toContain('$name$ has no value, and connectorInputPayload needs one');
    expect(err).toContain('nmae is no variable of this task, which has $name$, $contact$, $balance$, $city$');
    expect(err).toContain('$balance$ cannot be read');
    expect(err).toContain('--input name=value');
    expect(await run('--task', '5')).toMatchObject({ exitCode: 2, err: expect.stringContaining('$Task_5_connectorInputPayload$ has no value') });
    expect(await run('--task', '6')).toMatchObject({ exitCode: 64, err: expect.stringContaining('UNIMPLEMENTED') });
    expect(await run('--task', '2', '-i', 'customerId')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--input name=value') });
    expect(await command(['task', 'run', '/nowhere.json'], variables())).toMatchObject({ exitCode: 5 });
    writeFileSync(join(file, '..', 'none.json'), '{"taskConfigs":[]}');
    expect(await command(['task', 'run', join(file, '..', 'none.json')], variables())).toMatchObject({ exitCode: 2, err: expect.stringContaining('holds no GenericConnectorTask') });
  });
});
