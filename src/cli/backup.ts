// konektor backup and konektor restore.
import type { Command } from 'commander';
import type { BackupSummary, Deeds, Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { createProgress } from './output.ts';
import { connect, type ConnectionOptions } from './transport.ts';

export function addBackup(program: Command, deeds: Deeds, terminal: Terminal): void {
  program.command('backup').description('write everything that is stored into a file; the server may go on')
    .argument('<file>', 'a new file, such as konektor.backup.gz')
    .option('--server <url>', 'address of the server (KONEKTOR_SERVER)')
    .option('--token <token>', 'token of an administrator (KONEKTOR_TOKEN)')
    .addHelpText('after', examples('konektor backup konektor-$(date +%F).gz', 'DATABASE_URL=postgres://… konektor backup konektor.gz', 'konektor backup konektor.gz --server https://konektor.example.com')
      + '\n\nThe master key is not in the file: docs/how-to/back-up-and-restore.md.')
    .action(async (file: string, options: ConnectionOptions) => {
      const { progress, end } = createProgress(terminal, 'Backing up');
      const summary = await take(file, options, deeds, terminal, progress).finally(end);
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

async function take(file: string, options: ConnectionOptions, deeds: Deeds, terminal: Terminal, progress: (rows: number) => void): Promise<BackupSummary> {
  const isNamed = options.server !== undefined || (terminal.environment['KONEKTOR_SERVER'] ?? '') !== '';
  const local = isNamed ? undefined : await deeds.findLocalServer();
  // A PostgreSQL shows one moment to whoever asks; the embedded database belongs to the server that holds it.
  if (local !== undefined && (local.external || local.url === undefined)) return deeds.backUpHere(file, progress);
  const transport = await connect(options, deeds, terminal);
  return deeds.storeBackup(file, await transport.stream('/v1/backup'), progress);
}

function rows({ rows: count }: BackupSummary): string {
  return `${count.toLocaleString('en')} rows`;
}
