// konektor connections: all that can be done with them.
import type { Command } from 'commander';
import { examples } from '../examples.ts';
import type { Shell } from '../shell.ts';
import { addChangeCommands } from './change-commands.ts';
import { addFileCommands } from './file-commands.ts';
import { addOfferCommands } from './offer-commands.ts';
import { addShowCommands } from './show-commands.ts';
import { addWatchCommands } from './watch-commands.ts';

export function addConnections(program: Command, shell: Shell): void {
  const connections = program.command('connections').description('connections: make, find, change, keep in files')
    .addHelpText('after', `${examples('konektor connections list', 'konektor connections create shop --secret stripe-key', 'konektor connections export --to connections/', 'konektor connections import connections/ --dry-run', 'konektor connections suspend shop')}

A connection is named projects/{p}/locations/{l}/connections/{c}, or
{p}/{l}/{c}, or {c} alone where the context or the server has one of that name.`);
  addShowCommands(connections, shell);
  addOfferCommands(connections, shell);
  addWatchCommands(connections, shell);
  addFileCommands(connections, shell);
  addChangeCommands(connections, shell);
}
