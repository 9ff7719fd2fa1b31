// What is offered where, from a small program of commands and names that stand still.
import { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { complete, type Completion } from './candidates.ts';
import { readLine } from './line.ts';
import type { Asked } from './meanings.ts';
import { linesFor } from './shells.ts';

const KNOWN: Partial<Record<Asked, readonly string[]>> = {
  connections: ['shop', 'stripe-sandbox'], entityTypes: ['Customer', 'Charge', 'PaymentIntent'], columns: ['Id', 'Email', 'Created', 'CreatedBy'], actions: ['AcceptQuote'], inputs: ['Quote'], contexts: ['demo', 'prod'],
};

function program(): Command {
  const all = new Command('konektor').option('--context <name>', 'which one');
  const rows = all.command('rows').description('rows of an entity type').alias('entities');
  rows.command('list').description('list them').argument('<entityType>').option('--columns <names>').option('--sort <column>').option('--filter <filter>').option('--connection <name>')
    .addOption(new Option('-o, --output <form>').choices(['table', 'json', 'jsonl'])).option('--all', 'every page');
  rows.command('create').description('create one').argument('<entityType>').option('--set <pair...>', 'a column').option('-f, --file <file>');
  all.command('run').description('run an action').argument('<action>').option('--input <pair>', 'an input', (one: string, before: readonly string[]) => [...before, one], []);
  all.command('pick').addArgument(new Argument('<shell>').choices(['bash', 'zsh']));
  all.command('secret', { hidden: true });
  return all;
}

async function asked(line: string): Promise<Completion & { readonly about: readonly string[] }> {
  const { words, current } = readLine(line);
  const about: string[] = [];
  const completion = await complete(program(), words.slice(1), current, async (kind, { told, chosen }) => {
    about.push(kind, ...told.values(), ...[...chosen.values()].flat());
    return (KNOWN[kind] ?? []).map((value) => ({ value, description: `a ${kind}` }));
  });
  return { ...completion, about };
}
const values = async (line: string): Promise<readonly string[]> => (await asked(line)).candidates.map(({ value }) => value);

describe('what is offered', () => {
  it.each([
    ['konektor ', ['rows', 'run', 'pick', 'help']], ['konektor r', ['rows', 'run']], ['konektor help r', ['rows', 'run']], ['konektor rows ', ['list', 'create', 'help']], ['konektor entities l', ['list']], ['konektor --context prod r', ['rows', 'run']],
    ['konektor --context ', ['demo', 'prod']], ['konektor --context=p', ['--context=prod']], ['konektor rows list C', ['Customer', 'Charge']], ['konektor rows list "C', ['Customer', 'Charge']],
    ['konektor rows list Customer ', []], ['konektor rows list Customer --o', ['--output']], ['konektor rows list Customer --all --a', []], ['konektor rows list Customer --c', ['--columns', '--connection', '--context']],
    ['konektor rows list Customer -o ', ['table', 'json', 'jsonl']], ['konektor rows list Customer --output=j', ['--output=json', '--output=jsonl']], ['konektor rows list Customer --connection s', ['shop', 'stripe-sandbox']],
    ['konektor rows list Customer --columns ', ['Id', 'Email', 'Created', 'CreatedBy']], ['konektor rows list Customer --columns Id,C', ['Id,Created', 'Id,CreatedBy']], ['konektor rows list --columns=Id, Customer --sort=Cr', ['--sort=Created', '--sort=CreatedBy']],
    ['konektor rows create Customer --set E', ['Email=']], ['konektor rows create Customer --set Id=1 Em', ['Email=']], ['konektor rows create Customer --set Email=a', []], ['konektor run AcceptQuote --input a=1 --i', ['--input']],
    ['konektor run AcceptQuote --input Q', ['Quote=']], ['konektor pick z', ['zsh']], ['konektor rows list -- --', []], ['konektor nothing ', []], ['konektor s', []],
  ] as const)('behind "%s"', async (line, expected) => {
    expect(await values(line)).toEqual(expected);
  });

  it.each([
    ['', ['Id', 'Email', 'Created', 'CreatedBy']], ['Cr', ['Created', 'CreatedBy']], ['Email = \'x\' AND I', ['Email = \'x\' AND Id =', 'Email = \'x\' AND Id !=']], ['NOT (Em', ['NOT (Email =', 'NOT (Email !=']],
    ['Email = ', []], ['Email = \'and Em', []], ['Email LIKE \'a%\' or not C', ['Email LIKE \'a%\' or not Created', 'Email LIKE \'a%\' or not CreatedBy']], ['Created', ['CreatedBy', 'Created =']],
  ] as const)('in the filter %j', async (filter, expected) => {
    const found = await values(`konektor rows list Customer --filter "${filter}`);
    expect(found.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(found).toEqual([]);
  });

  it('is asked of what has been told so far', async () => {
    expect((await asked('konektor --context prod rows list Customer --connection shop --columns ')).about).toEqual(['columns', 'Customer', 'prod', 'shop']);
  });

  it('may be a file', async () => {
    expect(await asked('konektor rows create Customer -f ')).toMatchObject({ files: 'files', candidates: [] });
  });
});

describe('what a shell is told', () => {
  const lines = async (shell: 'bash' | 'zsh' | 'fish', line: string, replaced?: string) => linesFor(shell, await asked(line), line, replaced);

  it('has descriptions where the shell shows them, and what else holds at its end', async () => {
    expect(await lines('zsh', 'konektor rows l')).toEqual(['list\tlist them', ':']);
    expect(await lines('fish', 'konektor rows list Customer --columns Em')).toEqual(['Email\ta columns', ':goes-on']);
    expect(await lines('fish', 'konektor rows create Customer -f x')).toEqual([':files']);
  });

  it('is for bash what stands behind the last break of the word', async () => {
    expect(await lines('bash', 'konektor rows list Customer --columns=Id,Em', 'Id,Em')).toEqual(['Id,Email', ':goes-on']);
    expect((await lines('bash', 'konektor rows list Customer --filter "Id = \'1\' AND Em', 'Id = \'1\' AND Em'))[0]).toBe('Id = \'1\' AND Email =');
    expect((await lines('bash', 'konektor rows list Customer --filter Em', 'Em'))[0]).toBe('Email\\ =');
  });

  it('holds nothing that moves a cursor or ends a line', () => {
    const completion: Completion = { candidates: [{ value: 'a\u001b[2J', description: '' }, { value: 'b', description: 'x\ty\u001b[2J' }], goesOn: false, files: undefined };
    expect(linesFor('zsh', completion, 'konektor ')).toEqual(['b\tx y [2J', ':']);
  });
});
