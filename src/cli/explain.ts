// konektor explain: what a list will do, told before it is done.
import type { Command } from 'commander';
import type { RowOutput } from '../api/row-caller.ts';
import { connectionName, throughConnection, type CallOptions } from './call-options.ts';
import { countOf } from './count.ts';
import type { Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { printItem, put } from './output.ts';
import { patient } from './patience.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';
import { cell, pad, wrap } from './width.ts';

interface Options extends CallOptions {
  readonly filter?: string;
  readonly sort?: string;
  readonly pageSize?: string;
}

type Explanation = RowOutput<'entities.explain'>;

const WIDTH = 80;
const TITLES = 16;

export function addExplain(program: Command, shell: Shell): void {
  throughConnection(program.command('explain')).description('tell what a list will do and cost, without doing it').argument('<entityType>', 'such as Customer')
    .option('-f, --filter <filter>', "Email = 'ani@example.com' AND Name LIKE 'A%'").option('-s, --sort <column>', "one column: Name, or 'Created desc'")
    .option('--page-size <count>', 'rows of a page, up to 200')
    .addHelpText('after', examples(
      `konektor explain Customer --filter "Email = 'ani@example.com'"`, "konektor explain Invoice --sort 'Created desc' --page-size 100", `konektor explain Charge --filter "Amount > 100000" -o json`,
    ))
    .action(async (entityType: string, { filter, sort, pageSize, ...options }: Options) => {
      const { listQuery } = await import('./rows/pages.ts');
      const query = { ...listQuery({ filter, sort }), ...(pageSize === undefined ? {} : { pageSize: countOf('--page-size', pageSize) }) };
      const reached = await reach(options, shell);
      const told = await patient(reached, shell.terminal)('entities.explain', { path: { connection: await connectionName(reached), entityType }, query });
      if (options.output === 'table') return print(shell.terminal, told);
      await printItem(shell.terminal, options.output, told, Object.fromEntries(Object.keys(told).map((key) => [key, (item: Readonly<Record<string, unknown>>) => item[key]])));
    });
}

const ORDERS: Readonly<Record<Explanation['order'], string>> = {
  SOURCE: 'as the source has them: no order is asked for', SORTED_BY_SOURCE: 'made by the source', SORTED_HERE: 'made here: each page reads every row that the source gives',
};

async function print({ out }: Pick<Terminal, 'out'>, { entity, filter, pageSize, route, pushed, remaining, order, calls, fullScan, scan, budget, hints }: Explanation): Promise<void> {
  const count = (number: number): string => number.toLocaleString('en');
  const asked = Object.entries(scan).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['List', [`${entity}${filter === '' ? '' : ` where ${filter}`}, ${count(pageSize)} rows a page`]],
    ['By', [route === 'GET' ? 'the ids that the filter names' : 'the list of the source']],
    ['Source filters', pushed.length === 0 ? ['nothing'] : pushed],
    ['Looked at here', [remaining === '' ? 'nothing' : remaining]],
    ['Order', [ORDERS[order]]],
    ['Calls', [calls === 'unbounded' ? `as many as it takes, up to ${count(budget.calls)}` : `${count(calls)} for a page`]],
    ['Full scan', [fullScan ? `yes: every row of ${entity} may have to be read` : 'no']],
    ['Asked of source', asked],
    ['Budget', [`${count(budget.rows)} rows, ${count(budget.calls)} calls, ${count(budget.milliseconds / 1_000)} s`]],
    ['Hints', hints],
  ];
  for (const [title, texts] of lines) {
    const wrapped = texts.flatMap((text) => wrap(cell(text), WIDTH - TITLES - 1));
    await put(out, wrapped.map((line, index) => `${pad(index === 0 ? title : '', TITLES)} ${line}`.trimEnd()).map((line) => `${line}\n`).join(''));
  }
}
