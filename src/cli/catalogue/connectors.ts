// konektor connectors: what connections can be made to, and after which templates.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, printItems, put, type Columns } from '../output.ts';
import { idOf, resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';
import { authRows, templateRows } from './template-rows.ts';

const partsOf = (name: unknown): readonly string[] => String(name).split('/');
const COLUMNS: Columns = { CONNECTOR: ({ name }) => `${partsOf(name)[5]}/${idOf(name)}`, NAME: ({ displayName }) => displayName, STAGE: ({ launchStage }) => launchStage, WHAT: ({ description }) => description };
const VERSIONS: Columns = { VERSION: ({ name }) => `${partsOf(name)[5]}/${partsOf(name)[7]}/${idOf(name)}`, NAME: ({ displayName }) => displayName, STAGE: ({ launchStage }) => launchStage, CHANGED: ({ updateTime }) => updateTime };
const TEMPLATE: Columns = { WHAT: ({ kind }) => kind, KEY: ({ key }) => key, TYPE: ({ valueType }) => valueType, NEEDED: ({ required }) => (required === true ? 'yes' : ''), MEANS: ({ displayName }) => displayName };
const FIELDS: Columns = { WAY: ({ way }) => way, KEY: ({ key }) => key, TYPE: ({ dataType }) => dataType, MEANS: ({ description }) => description };
const CONNECTOR = ['<connector>', 'stripe, or provider/connector'] as const;
const VERSION = ['<connector>', 'stripe, provider/connector, or provider/connector/version'] as const;

export function addConnectors(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const connectors = program.command('connectors').description('what connections can be made to')
    .addHelpText('after', examples('konektor connectors list', 'konektor connectors show stripe', 'konektor connectors template stripe', 'konektor connectors auth stripe'));

  listing(inProject(connectors.command('list')), 'displayName:stripe').description('list the connectors that there are').option('--provider <provider>', 'only those of a provider')
    .addHelpText('after', examples('konektor connectors list', 'konektor connectors list --provider stripe -o json'))
    .action(async ({ provider, ...options }: ListOptions & { readonly provider?: string }) => {
      const reached = await reach(options, shell);
      const path = { provider: provider === undefined ? `${projectName(reached)}/locations/global/providers/-` : resourceName(reached, 'provider', provider) };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('connectors.list', { path, query }), (page) => page.connectors);
    });

  inProject(connectors.command('show')).description('show a connector').argument(...CONNECTOR).addHelpText('after', examples('konektor connectors show stripe', 'konektor connectors show stripe/stripe -o yaml'))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('connectors.get', { path: { connector: connectorName(reached, given) } }), COLUMNS);
    });

  listing(inProject(connectors.command('versions'))).description('list the versions of a connector').argument(...CONNECTOR).addHelpText('after', examples('konektor connectors versions stripe'))
    .action(async (given: string, options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { connector: connectorName(reached, given) };
      await printPages(terminal, options, VERSIONS, (query) => reached.call('versions.list', { path, query }), (page) => page.connectorVersions);
    });

  inProject(connectors.command('template')).description('show what a connection is configured with').argument(...VERSION)
    .addHelpText('after', `${examples('konektor connectors template stripe', 'konektor connectors template stripe/stripe/1 -o json')}\n\nWith -o json or yaml the whole version.`)
    .action(async (given: string, options: CallOptions) => {
      const { output } = options;
      const reached = await reach(options, shell);
      const version = await reached.call('versions.get', { path: { connectorVersion: await versionName(reached, given) }, query: { view: 'CONNECTOR_VERSION_VIEW_FULL' } });
      if (output === 'json' || output === 'yaml') return printItem(terminal, output, version, {});
      await printItems(terminal, output, templateRows(version), TEMPLATE);
    });

  inProject(connectors.command('auth')).description('show how a connection authenticates').argument(...VERSION).option('--json-schema', 'as a JSON Schema')
    .addHelpText('after', examples('konektor connectors auth stripe', 'konektor connectors auth stripe --json-schema'))
    .action(async (given: string, { jsonSchema, ...options }: CallOptions & { readonly jsonSchema?: true }) => {
      const reached = await reach(options, shell);
      const schemas = await reached.call('versions.fetchAuthSchema', { path: { connectorVersion: await versionName(reached, given) }, query: { view: jsonSchema === true ? 'JSON_SCHEMA' : 'BASIC' } });
      if (jsonSchema === true) return put(terminal.out, `${JSON.stringify(schemas.jsonSchema, null, 2)}\n`);
      if (options.output === 'json' || options.output === 'yaml') return printItem(terminal, options.output, schemas, {});
      await printItems(terminal, options.output, authRows(schemas), FIELDS);
    });
}

/** `stripe` is the connector of that name of the provider of that name. */
function connectorName(reached: Reached, given: string): string {
  return resourceName(reached, 'connector', given.includes('/') ? given : `${given}/${given}`);
}

/** The newest version where none is named. @throws CommandError where there is none. */
async function versionName(reached: Reached, given: string): Promise<string> {
  if (given.startsWith('projects/') || given.split('/').length > 2) return resourceName(reached, 'connectorVersion', given);
  const connector = connectorName(reached, given);
  const { connectorVersions } = await reached.call('versions.list', { path: { connector }, query: { pageSize: 1_000 } });
  const newest = connectorVersions.toSorted((a, b) => Number(idOf(b.name)) - Number(idOf(a.name)))[0];
  if (newest === undefined) throw new CommandError('NOT_FOUND', `${connector} has no version.`);
  return newest.name;
}
