// konektor api: any row of the API by its id, for what has no command of its own; and the rows themselves, listed and told.
import type { Command } from 'commander';
import type { ApiOperation } from '../../api/operation.ts';
import { gather, throughConnection, type CallOptions } from '../call-options.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import type { Terminal } from '../deeds.ts';
import { examples } from '../examples.ts';
import { printing, printItem, printItems, put, type Columns, type OutputOptions } from '../output.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';
import type { Typed } from './request.ts';
import type { Row } from './rows.ts';

interface Options extends CallOptions, ConfirmOptions, Typed {
  readonly all?: true;
}

const CALLS = [
  'konektor api connections.list --project demo --location - -o table',
  'konektor api entities.list -c shop --path entityType=Customer \\',
  '    --query pageSize=5 -o jsonl',
  'konektor api projects.create --data \'{"projectId": "toko"}\'',
  'konektor api projects.update --project toko --data @toko.json',
  'konektor api auditEntries.export --project demo > audit.jsonl',
];
const LIST = ['konektor api list', 'konektor api list --search "secret version"', 'konektor api list -o csv > rows.csv'];
const SHOW = ['konektor api show entities.list', 'konektor api show connections.create -o json'];
const MORE = `

A name of the path is whole (projects/demo/secrets/key) or its last part; the
project, the location and the connection may be those of options or the context.
A parameter that takes several values is given once for each. Lists are printed
row by row with -o table, csv or jsonl, to their end with --all.`;

export function addApi(program: Command, shell: Shell): void {
  const { terminal } = shell;
  // Options that api and the words below it both have belong to the word that they stand behind; for that, those above must agree.
  const api = program.enablePositionalOptions().command('api').enablePositionalOptions();
  confirmed(throughConnection(api, 'json')).description('call any row of the API by its id').argument('<row>', 'its id, such as connections.list')
    .option('--path <name=value>', 'a name in its path; once for each', gather).option('--query <name=value>', 'a parameter; once for each', gather)
    .option('--data <json>', 'its body; @file reads a file, - the input').option('--all', 'every page of a list')
    .addHelpText('after', examples(...CALLS) + MORE)
    .action(async (id: string, { all, ...options }: Options) => {
      const [{ findRow }, { requestOf }, { printAnswer, printStream }] = await Promise.all([import('./rows.ts'), import('./request.ts'), import('./answer.ts')]);
      const row = findRow(id);
      const reached = await reach(options, shell);
      const given = await requestOf(reached, row, options, terminal);
      if (row.row.effect === 'destroy') await confirm(terminal, options, `${row.id} ${Object.values(given.path).join(' ')}: ${row.row.summary}`);
      if (row.row.stream === true) return printStream(terminal, await reached.streamAny(row.id, given));
      return printAnswer(reached, terminal, row, given, options, all === true);
    });

  printing(api.command('list')).description('list the rows of the API; no server is asked').option('--search <words>', 'only those in which all of them stand')
    .addHelpText('after', examples(...LIST))
    .action(async ({ search, output }: OutputOptions & { readonly search?: string }) => {
      const { searchRows } = await import('./rows.ts');
      await printItems(terminal, output, searchRows(search === undefined ? [] : [search]).map(told), LISTED);
    });

  printing(api.command('show')).description('show a row of the API: what it takes, and what it asks for').argument('<row>', 'its id')
    .addHelpText('after', examples(...SHOW))
    .action(async (id: string, { output }: OutputOptions) => {
      const { findRow } = await import('./rows.ts');
      await show(terminal, findRow(id), output);
    });
}

const LISTED: Columns = { ROW: ({ id }) => id, WHAT: ({ summary }) => summary, CALL: ({ call }) => call, PERMISSION: ({ permission }) => permission };
const ONE: Columns = { ROW: ({ id }) => id, WHAT: ({ summary }) => summary, CALL: ({ call }) => call, PERMISSION: ({ permission }) => permission ?? 'none', EFFECT: ({ effect }) => effect, SERVICE: ({ service }) => service };
const PARAMETERS: Columns = { NAME: ({ name }) => name, IN: (one) => one['in'], NEEDED: ({ required }) => (required === true ? 'yes' : ''), TYPE: ({ type }) => type, WHAT: ({ description }) => description };

function told({ id, row: { summary, http, permission, effect, service } }: Row): Readonly<Record<string, unknown>> {
  return { id, summary, call: `${http.method} ${http.path}`, permission, effect, ...(service === undefined ? {} : { service }) };
}

async function show(terminal: Terminal, row: Row, output: OutputOptions['output']): Promise<void> {
  const { parametersOf } = await import('./rows.ts');
  const parameters = parametersOf(row.row);
  if (output !== 'table') return printItem(terminal, output, { ...told(row), parameters, ...schemasOf(row.row) }, { ...LISTED, PARAMETERS: () => parameters.map(({ name }) => name).join(' ') });
  await printItem(terminal, 'table', told(row), ONE);
  if (parameters.length === 0) return;
  await put(terminal.out, '\n');
  await printItems(terminal, 'table', parameters, PARAMETERS);
}

/** As JSON Schema. */
function schemasOf({ body, bodyShape, output }: ApiOperation): object {
  return { ...(body === undefined ? {} : { body: bodyShape ?? body }), answer: output };
}
