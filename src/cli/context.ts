// konektor context: which server, token and connection are meant where a command names none.
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { contextFile, CONTEXT_FIELDS, CONTEXT_NAME, readContexts, writeContexts, type Context, type Contexts } from './context-file.ts';
import { confirm, confirmed, type ConfirmOptions } from './confirm.ts';
import type { Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { readText } from './input.ts';
import { nearest } from '../errors/nearest.ts';
import { printing, printItem, printItems, type Columns, type OutputOptions } from './output.ts';
import type { Shell } from './shell.ts';

const SET = [
  'konektor context set local --connection demo/us-central1/stripe-sandbox',
  'konektor context set prod --server https://k.example.com --token-file k.token',
  'konektor context set ci --server https://k.example.com --token-env K_TOKEN',
  'konektor tokens create | konektor context set me --token -',
];
const COLUMNS: Columns = {
  CONTEXT: ({ name }) => name, CURRENT: ({ current }) => (current === true ? 'yes' : ''), SERVER: ({ server }) => server, CONNECTION: ({ connection }) => connection, TOKEN: ({ token }) => token,
  PROJECT: ({ project }) => project, LOCATION: ({ location }) => location,
};

interface Setting extends OutputOptions {
  readonly server?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tokenEnv?: string;
  readonly project?: string;
  readonly location?: string;
  readonly connection?: string;
  readonly unset?: readonly string[];
  readonly use?: true;
}

export function addContext(program: Command, { terminal }: Shell): void {
  const { environment } = terminal;
  const context = program.command('context').description('keep which server, token and connection are meant')
    .addHelpText('after', `${examples(...SET, 'konektor context use prod', 'konektor connections list --context ci')}

An option comes before a variable, a variable before a context, a context before
the data folder. A token of a context goes to its server and to no other.
Contexts are kept in ~/.config/konektor/contexts.json (KONEKTOR_CONFIG).`);

  printing(context.command('list')).description('list the contexts; never their tokens')
    .addHelpText('after', examples('konektor context list', 'konektor context list -o json'))
    .action(async ({ output }: OutputOptions) => {
      const contexts = readContexts(environment);
      await printItems(terminal, output, Object.keys(contexts.contexts).toSorted().map((name) => shown(name, contexts)), COLUMNS);
    });

  printing(context.command('show')).description('show a context; never its token').argument('[context]', 'without it the current one')
    .addHelpText('after', examples('konektor context show', 'konektor context show prod -o yaml'))
    .action(async (name: string | undefined, { output }: OutputOptions) => {
      const contexts = readContexts(environment);
      await printItem(terminal, output, shown(known(name ?? environment['KONEKTOR_CONTEXT'] ?? contexts.current, contexts), contexts), COLUMNS);
    });

  printing(context.command('set')).description('make a context, or change what is given of one').argument('<context>', 'letters, digits, dots and dashes')
    .option('--server <url>', 'without one: the server of the data folder')
    .option('--token <token>', 'kept in the file; "-" reads it from the input')
    .option('--token-file <file>', 'file that holds the token')
    .option('--token-env <variable>', 'environment variable that holds the token')
    .option('--project <id>', 'project').option('--location <id>', 'location')
    .option('-c, --connection <name>', 'p/l/c, or the last part').option('--unset <fields...>', 'forget connection, token, …')
    .option('--use', 'use it from now on')
    .addHelpText('after', examples(...SET, 'konektor context set prod --unset connection'))
    .action(async (name: string, setting: Setting) => {
      if (!CONTEXT_NAME.test(name)) throw new CommandError('INVALID_ARGUMENT', `"${name}" cannot be the name of a context: write letters, digits, dots and dashes.`);
      const before = readContexts(environment);
      const changed = await change(Object.hasOwn(before.contexts, name) ? before.contexts[name] ?? {} : {}, setting, terminal);
      const isFirst = Object.keys(before.contexts).length === 0;
      const current = setting.use === true || isFirst ? name : before.current;
      const after: Contexts = { ...(current === undefined ? {} : { current }), contexts: { ...before.contexts, [name]: changed } };
      writeContexts(environment, after);
      await printItem(terminal, setting.output, shown(name, after), COLUMNS);
    });

  context.command('use').description('use a context from now on').argument('<context>', 'its name')
    .addHelpText('after', examples('konektor context use prod'))
    .action((name: string) => {
      const contexts = readContexts(environment);
      writeContexts(environment, { ...contexts, current: known(name, contexts) });
      terminal.err.write(`Commands speak to ${name} from now on.\n`);
    });

  confirmed(context.command('delete')).description('forget a context').argument('<context>', 'its name')
    .addHelpText('after', examples('konektor context delete prod --yes'))
    .action(async (name: string, options: ConfirmOptions) => {
      const contexts = readContexts(environment);
      known(name, contexts);
      await confirm(terminal, options, `Deletes the context ${name} of ${contextFile(environment)}.`);
      const { [name]: _, ...others } = contexts.contexts;
      const { current } = contexts;
      writeContexts(environment, { ...(current === undefined || current === name ? {} : { current }), contexts: others });
    });
}

/** @throws CommandError where there is none such. */
function known(name: string | undefined, { contexts }: Contexts): string {
  if (name === undefined) throw new CommandError('NOT_FOUND', 'No context is in use.', 'konektor context list shows those there are; konektor context use NAME takes one.');
  if (Object.hasOwn(contexts, name)) return name;
  const meant = nearest(name, Object.keys(contexts));
  throw new CommandError('NOT_FOUND', `There is no context "${name}".`, meant === undefined ? 'konektor context list shows those there are.' : `Is ${meant} meant?`);
}

/** A context without its token: where the token stands is told instead. */
function shown(name: string, { current, contexts }: Contexts): Readonly<Record<string, unknown>> {
  const { token, tokenFile, tokenVariable, ...rest } = contexts[name] ?? {};
  const kept = token !== undefined ? 'in the file' : tokenFile !== undefined ? `file ${tokenFile}` : tokenVariable !== undefined ? `variable ${tokenVariable}` : undefined;
  return { name, current: name === current, ...rest, ...(kept === undefined ? {} : { token: kept }) };
}

async function change(before: Context, setting: Setting, terminal: Terminal): Promise<Context> {
  const { server, token, tokenFile, tokenEnv, project, location, connection, unset = [] } = setting;
  const tokens = Object.entries({ token, tokenFile, tokenVariable: tokenEnv }).filter(([, value]) => value !== undefined);
  if (tokens.length > 1) throw new CommandError('INVALID_ARGUMENT', 'A context has one token: write --token, --token-file or --token-env.');
  if (server !== undefined && !(/^https?:\/\//.test(server) && URL.canParse(server))) throw new CommandError('INVALID_ARGUMENT', `"${server}" is no address of a server: write http://host:8080.`);
  const gone = new Set<string>(unset.flatMap((one) => one.split(',')).flatMap((one) => (one === 'token' ? TOKENS : [one])));
  const unknown = [...gone].find((one) => !CONTEXT_FIELDS.some((field) => field === one));
  if (unknown !== undefined) throw new CommandError('INVALID_ARGUMENT', `A context has no ${unknown}: ${CONTEXT_FIELDS.join(', ')}.`);
  // A token was given for the server that the context had.
  if (tokens.length > 0 || (server !== undefined && server !== before.server)) for (const one of TOKENS) gone.add(one);
  const kept = Object.entries(before).filter(([key]) => !gone.has(key));
  const read = token === '-' ? { token: (await readText('-', terminal)).trim() } : Object.fromEntries(tokens);
  if (read['token'] === '') throw new CommandError('INVALID_ARGUMENT', 'There is no token on the input.');
  const given = Object.entries({ server, project, location, connection }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...kept, ...given, ...Object.entries(read)]);
}

const TOKENS = ['token', 'tokenFile', 'tokenVariable'] as const;
