// konektor entities: which entity types a connection has, and what one of them is: columns, operations, what its lists need.
import type { Command } from 'commander';
import { connectionName, throughConnection, type CallOptions } from '../call-options.ts';
import { examples } from '../examples.ts';
import { listing, printBatches, type ListOptions } from '../listed.ts';
import { printItem, printItems, put, type Columns } from '../output.ts';
import { patient } from '../patience.ts';
import type { Shell } from '../shell.ts';
import { eachPage } from '../../client/pages.ts';
import { reach } from '../transport.ts';

const LISTED: Columns = {
  ENTITY: ({ name }) => name, OPERATIONS: ({ operations }) => (Array.isArray(operations) ? operations.join(' ') : ''), DESCRIPTION: ({ description }) => description,
};
const IN_CSV: Columns = { ...LISTED, REQUIRES: ({ requires }) => (Array.isArray(requires) ? requires.join(' ') : '') };

export function addEntities(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const entities = program.command('entities').alias('schema').description('list the entity types of a connection, show one')
    .addHelpText('after', examples('konektor entities list --search subscription', 'konektor entities show Customer', 'konektor entities show Customer -o json'));

  listing(throughConnection(entities.command('list'))).description('list the entity types, with what can be done with their rows').option('--search <words>', 'those whose name or description has every word')
    .addHelpText('after', examples('konektor entities list', 'konektor entities list --search invoice', 'konektor entities list -o csv'))
    .action(async ({ search, ...options }: ListOptions & { readonly search?: string }) => {
      const reached = await reach(options, shell);
      const call = patient(reached, terminal);
      const connection = await connectionName(reached);
      const [{ entityShape }, { hasWords }] = await Promise.all([import('../schema/entity-shape.ts'), import('../schema/search.ts')]);
      async function* found(): AsyncGenerator<readonly object[]> {
        for await (const { types } of eachPage((next) => call('entityTypes.list', { path: { connection }, query: { pageSize: 200, ...next } }))) {
          yield types.map(entityShape).filter(({ name, description }) => hasWords(search, name, description)).map(({ name, description, operations, requires }) => ({ name, description, operations, requires }));
        }
      }
      await printBatches(terminal, options, options.output === 'csv' ? IN_CSV : LISTED, found());
    });

  throughConnection(entities.command('show')).description('show the columns and operations of an entity type').argument('<entityType>', 'such as Customer')
    .addHelpText('after', `${examples('konektor entities show Customer', 'konektor entities show Customer -o csv > columns.csv')}\n\nIn JSON and YAML it is as the API describes it, with JSON Schemas.`)
    .action(async (entityType: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      const isWhole = options.output !== 'table' && options.output !== 'csv';
      const type = await patient(reached, terminal)('entityTypes.get', { path: { connection: await connectionName(reached), entityType }, query: isWhole ? { view: 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED' } : {} });
      if (isWhole) return printItem(terminal, options.output, type, {});
      const [{ entityShape }, { COLUMNS, entityText }] = await Promise.all([import('../schema/entity-shape.ts'), import('../schema/told.ts')]);
      const shape = entityShape(type);
      if (options.output === 'csv') return printItems(terminal, 'csv', shape.columns, COLUMNS);
      await put(terminal.out, entityText(shape, terminal.out.isTTY === true));
    });
}
