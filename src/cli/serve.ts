// konektor serve: its help. What it does is a deed.
import type { Command } from 'commander';
import { examples } from './examples.ts';
import type { Shell } from './shell.ts';

export function addServe(program: Command, { deeds, ended }: Shell): void {
  program.command('serve').description('run the server, with its sandbox, until it is stopped')
    .addHelpText('after', `${examples('konektor serve', 'KONEKTOR_PORT=9090 KONEKTOR_SANDBOX_PORT=0 konektor serve', 'DATABASE_URL=postgres://konektor@db.example.com/konektor konektor serve')}

Settings are environment variables: see docs/reference/settings.md.`)
    .action(async () => ended(await deeds.serve()));
}
