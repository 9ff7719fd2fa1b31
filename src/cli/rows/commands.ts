// konektor rows: list, get, create, update and delete rows of an entity type.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import type { Shell } from '../shell.ts';
import { addReadCommands } from './read-commands.ts';
import { addWriteCommands } from './write-commands.ts';

export function addRows(program: Command, shell: Shell): void {
  const rows = program.command('rows').description('list, get, create, update and delete rows of an entity type').addHelpText('after', `${examples(
    'konektor rows list Customer -c demo/us-central1/stripe-sandbox',
    `konektor rows list Customer --filter "Email = 'jenny@example.com'"`,
    'konektor rows get Customer cus_NffrFeUfNV2Hib',
    'konektor rows create Customer --set Name=Ani --set Email=ani@example.com',
    'konektor rows update Customer cus_NffrFeUfNV2Hib --set Phone=+62215550101',
    'konektor rows delete Customer cus_NffrFeUfNV2Hib',
  )}

Which entity types there are: konektor entities list. A connection is named by
-c, KONEKTOR_CONNECTION or a context: konektor context set local -c …`);
  addReadCommands(rows, shell);
  addWriteCommands(rows, shell);
}
