// konektor backup and konektor restore.
import type { Command } from 'commander';
import { calling } from './call-options.ts';
import { readContexts } from './context-file.ts';
import type { BackupSummary } from './deeds.ts';
import { examples } from './examples.ts';
import type { PlaceOptions } from './place.ts';
import { createProgress } from './progress.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';

export function addBackup(program: Command, shell: Shell): void {
  const { deeds, terminal } = shell;
  calling(program.command('backup')).description('write everything that is stored into a file; the server may go on')
    .argument('<file>', 'a new file, such as konektor.backup.gz')
    .addHelpText('after', examples('konektor backup konektor-$(date +%F).gz', 'DATABASE_URL=postgres://… konektor backup konektor.gz', 'konektor backup konektor.gz --server https://konektor.example.com')
      + '\n\nThe master key is not in the file: docs/how-to/back-up-and-restore.md.')
    .action(async (file: string, options: PlaceOptions) => {
      const { progress, end } = createProgress(terminal, 'Backing up');
      const summary = await take(file, options, shell, progress).finally(end);
      terminal.out.write(`${file}: ${rows(summary)}, ${summary.bytes.toLocaleString('en')} bytes, as of ${summary.created}.\n`);
      terminal.out.write(`
THE MASTER KEY IS NOT IN THIS FILE. Secrets in it stay sealed with the master
key whose fingerprint is ${summary.keyFingerprint}; without that key they are lost.
Keep the key (master.key in the data folder, or KONEKTOR_MASTER_KEY) in another
place than the backup.
`);
    });

  program.command('restore').description('load a backup into an empty database; the server must be stopped')
    .argument('<file>', 'a file that "konektor backup" wrote')
    .option('--force', 'replace what the database holds')
    .addHelpText('after', `${examples('KONEKTOR_DATA_DIR=fresh konektor restore konektor-2026-03-01.gz', 'DATABASE_URL=postgres://… konektor restore konektor-2026-03-01.gz')}

The folder needs the master.key of the old one; see
docs/how-to/back-up-and-restore.md.`)
    .action(async (file: string, { force }: { readonly force?: boolean }) => {
      const { progress, end } = createProgress(terminal, 'Restoring');
      const summary = await deeds.restoreHere(file, force === true, progress).finally(end);
      terminal.out.write(`Restored ${rows(summary)}, as of ${summary.created}. Start the server: it goes on with the operations that were pending.\n`);
    });
}

async function take(file: string, options: PlaceOptions, shell: Shell, progress: (rows: number) => void): Promise<BackupSummary> {
  const { deeds, terminal: { environment } } = shell;
  const isNamed = options.server !== undefined || options.context !== undefined || ['KONEKTOR_SERVER', 'KONEKTOR_CONTEXT'].some((name) => (environment[name] ?? '') !== '');
  const local = isNamed || readContexts(environment).current !== undefined ? undefined : await deeds.findLocalServer();
  // A PostgreSQL shows one moment to whoever asks; the embedded database belongs to the server that holds it.
  if (local !== undefined && (local.external || local.url === undefined)) return deeds.backUpHere(file, progress);
  const { stream } = await reach(options, shell);
  return deeds.storeBackup(file, await stream('backup.get', { path: {} }), progress);
}

function rows({ rows: count }: BackupSummary): string {
  return `${count.toLocaleString('en')} rows`;
}
