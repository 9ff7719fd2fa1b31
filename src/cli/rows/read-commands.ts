// konektor rows list, get: rows to look at, and rows for what comes behind a pipe.
import type { Command } from 'commander';
import { connectionName, throughConnection, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import { examples } from '../examples.ts';
import { createPrinter, printItem, widthOfTerminal, type Printer } from '../output.ts';
import { patient } from '../patience.ts';
import { createProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';
import type { EntityShape } from '../schema/entity-shape.ts';
import type { PageOptions, RowPage } from './pages.ts';

interface ListOptions extends CallOptions, PageOptions {
  readonly filter?: string;
  readonly sort?: string;
  readonly columns?: string;
}

const LIST = [
  'konektor rows list Customer',
  `konektor rows list Customer --filter "Email = 'jenny@example.com'"`,
  "konektor rows list Invoice --sort 'Created desc' --columns Id,Total,DueDate",
  'konektor rows list Charge --all -o csv > charges.csv',
  "konektor rows list Customer --all -o jsonl | jq -r .Email",
];
const GET = ['konektor rows get Customer cus_NffrFeUfNV2Hib', 'konektor rows get Customer cus_NffrFeUfNV2Hib --columns Name,Metadata -o yaml'];
const MORE = `

Without --limit or --all one page comes. Amounts stand in the smallest unit of
their currency: 1500 usd is $15.00. "konektor explain" tells what a list costs.`;

export function addReadCommands(rows: Command, shell: Shell): void {
  const { terminal } = shell;

  throughConnection(rows.command('list')).description('list rows that pass a filter').argument('<entityType>', 'such as Customer')
    .option('-f, --filter <filter>', "Email = 'ani@example.com' AND Created > '2026-01-01'").option('-s, --sort <column>', "one column: Name, or 'Created desc'")
    .option('--columns <names>', 'these alone: Id,Name,Metadata.tier').option('--wide', 'in a table: every column that holds something, uncut')
    .option('-n, --limit <count>', 'so many rows').option('-a, --all', 'every row, page by page')
    .option('--page-size <count>', 'rows of a page, up to 200').option('--page-token <token>', 'go on where a list ended').option('--exact', 'in CSV: leave texts that a spreadsheet would run')
    .addHelpText('after', examples(...LIST) + MORE)
    .action(async (entityType: string, options: ListOptions) => list(entityType, options, shell));

  throughConnection(rows.command('get')).description('show one row').argument('<entityType>', 'such as Customer').argument('<id>', 'its id')
    .option('--columns <names>', 'these alone: Id,Name,Metadata.tier')
    .addHelpText('after', `${examples(...GET)}\n\nA table leaves out what is empty; -o json shows every column.`)
    .action(async (entityType: string, id: string, options: ListOptions) => {
      const [reached, { entityShape }, shown] = await Promise.all([reach(options, shell), import('../schema/entity-shape.ts'), import('./shown-columns.ts')]);
      const call = patient(reached, terminal);
      const connection = await connectionName(reached);
      const { fields } = await call('entities.get', { path: { connection, entityType, entity: id } });
      if (options.columns === undefined && (options.output === 'json' || options.output === 'yaml' || options.output === 'jsonl')) return printItem(terminal, options.output, fields, {});
      const shape = entityShape(await call('entityTypes.get', { path: { connection, entityType } }));
      const names = await chosenColumns(shape, options, connection) ?? Object.keys(fields).filter((name) => options.output === 'csv' || (shown.isTold(fields[name]) && name !== 'Object'));
      const isTable = options.output === 'table';
      await printItem(terminal, options.output, isTable || options.output === 'csv' ? fields : shown.onlyColumns(fields, names), isTable ? shown.tableColumns(names, shape.columns) : shown.plainColumns(names));
    });
}

/** @throws CommandError */
async function chosenColumns(shape: EntityShape, { columns: given, connection: option }: ListOptions, connection: string): Promise<readonly string[] | undefined> {
  if (given === undefined) return undefined;
  const [{ columnNames }, { through }] = await Promise.all([import('../schema/entity-shape.ts'), import('../hints.ts')]);
  const names = given.split(',').map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) throw new CommandError('INVALID_ARGUMENT', '--columns names no column: write --columns Id,Name.');
  return columnNames(shape, names, through({ path: { connection }, ...(option === undefined ? {} : { connectionOption: option }) }));
}

async function list(entityType: string, options: ListOptions, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const { readExtent, rowPages } = await import('./pages.ts');
  const extent = readExtent(options);
  const reached = await reach(options, shell);
  const call = patient(reached, terminal);
  const connection = await connectionName(reached);
  const isWhole = options.output !== 'table' && options.output !== 'csv' && options.columns === undefined;
  const shape = isWhole ? undefined : (await import('../schema/entity-shape.ts')).entityShape(await call('entityTypes.get', { path: { connection, entityType } }));
  const names = shape === undefined ? undefined : await chosenColumns(shape, options, connection);
  const { end, progress } = createProgress(terminal, `Reading ${entityType}`, extent.rows === undefined || extent.rows === Infinity ? undefined : extent.rows);
  // Rows that stand on the same terminal are progress enough.
  const isShown = terminal.out.isTTY !== true && extent.rows !== undefined;
  let [printer, count, next]: [Printer | undefined, number, string | undefined] = [undefined, 0, extent.pageToken];
  try {
    for await (const page of rowPages(call, { connection, entityType, filter: options.filter, sort: options.sort }, extent)) {
      printer ??= await printerFor(terminal, options, shape, names, page);
      await printer.print(page.rows);
      [count, next] = [count + page.rows.length, page.next];
      if (isShown) progress(count);
    }
    end();
    await printer?.end();
    if (count === 0 && options.output === 'table') terminal.err.write('No row passes.\n');
  } catch (error) {
    end();
    if (count > 0 && next !== undefined) terminal.err.write(`${count.toLocaleString('en')} rows were given; those behind them: --page-token ${next}\n`);
    throw error;
  }
  if (next !== undefined) terminal.err.write(`There are more rows: --all reads them too${terminal.err.isTTY === true ? '.' : `; they begin at --page-token ${next}`}\n`);
}

async function printerFor(terminal: Terminal, options: ListOptions, shape: EntityShape | undefined, chosen: readonly string[] | undefined, { rows }: RowPage): Promise<Printer> {
  if (shape === undefined) return createPrinter(terminal, options, {});
  const { isTold, onlyColumns, plainColumns, tableColumns, usualColumns } = await import('./shown-columns.ts');
  if (options.output === 'csv') return createPrinter(terminal, options, plainColumns(chosen ?? shape.columns.map(({ name }) => name)));
  if (options.output === 'table') {
    const [sort] = options.sort?.trim().split(/\s+/) ?? [];
    const filled = (): readonly string[] => shape.columns.map(({ name }) => name).filter((name) => rows.some((row) => isTold(row[name])));
    const names = chosen ?? (options.wide === true ? filled() : usualColumns(rows, shape, widthOfTerminal(terminal.out), shape.columns.find(({ name }) => name === sort)?.name));
    return createPrinter(terminal, options, tableColumns(names, shape.columns));
  }
  const printer = await createPrinter(terminal, options, {});
  return { ...printer, print: (items) => printer.print(items.map((row) => onlyColumns(row, chosen ?? []))) };
}
