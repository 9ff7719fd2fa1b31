// konektor mcp: the tools of a connection for a model, over the pipes of this process. The client of the model starts it; what
// the tools do, the server does, as the one whose token it is.
import type { Command } from 'commander';
import { calling, connectionName } from './call-options.ts';
import { CommandError } from './command-error.ts';
import { examples } from './examples.ts';
import { findPlace, type PlaceOptions } from './place.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';

interface Options extends PlaceOptions {
  readonly entities?: string;
  readonly actions?: string;
  readonly effects?: string;
  readonly readOnly?: true;
  readonly mode?: string;
}

const EXAMPLES = [
  'konektor mcp -c demo/us-central1/stripe-sandbox --read-only',
  'konektor mcp --entities Customer,Invoice --actions PayInvoice,SendInvoice',
  'konektor mcp --context agent --effects read,write --mode small',
];
const MORE = `

A client of the Model Context Protocol starts this command and speaks to it over
its input and output; there is nothing to see in a terminal. Which calls are
allowed is up to the roles of the token. Above 40 tools, and none chosen by
name, three are offered in their place: search, describe, call.`;

export function addMcp(program: Command, { deeds, terminal }: Shell): void {
  calling(program.command('mcp')).optionsGroup('Where it calls:')
    .option('--project <id>', 'its project (KONEKTOR_PROJECT)').option('--location <id>', 'its location (KONEKTOR_LOCATION)')
    .option('-c, --connection <name>', 'p/l/c, or the last part (KONEKTOR_CONNECTION)').optionsGroup('Options:')
    .description('offer rows and actions to a model as tools (MCP, stdio)')
    .option('--entities <names>', 'tools of these entity types, comma-separated; "*" for all')
    .option('--actions <names>', 'tools of these actions, comma-separated; "*" for all')
    .option('--effects <effects>', 'only tools that read, write, destroy')
    .option('--read-only', 'only tools that change nothing')
    .option('--mode <mode>', 'auto, full or small', 'auto')
    .addHelpText('after', examples(...EXAMPLES) + MORE)
    .action(async (options: Options) => {
      const { server, token } = await findPlace(options, deeds, terminal.environment);
      const connection = await connectionName(await reach(options, { deeds, terminal }));
      const { entities, actions, effects, readOnly, mode } = options;
      const { createRowClient } = await import('../client/row-client.ts');
      const { StatusError } = await import('../errors/status-error.ts');
      try {
        await deeds.serveMcp({
          rows: createRowClient({ server, token, userAgent: `konektor-mcp/${terminal.version}` }), connection, version: terminal.version, signal: terminal.interruption(),
          given: { ...(entities === undefined ? {} : { entities }), ...(actions === undefined ? {} : { actions }), ...(effects === undefined ? {} : { effects }), ...(readOnly === undefined ? {} : { readOnly }), ...(mode === undefined ? {} : { mode }) },
        });
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        if (error.reason !== 'INVALID_OPTIONS') throw new CommandError(error.code, error.message, error.hint);
        const faults = error.violations.map(({ field, description }) => `--${field === 'readOnly' ? 'read-only' : field} ${description}`);
        throw new CommandError(error.code, faults.join('\n'), 'konektor mcp --help shows the options.');
      }
    });
}
