// The command line: which commands there are, their help, and how a failure is told.
import { Command, CommanderError } from 'commander';
import { addBackup } from './backup.ts';
import { explainError } from './command-error.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { addDoctor } from './doctor.ts';
import { examples } from './examples.ts';
import { addSandbox } from './sandbox.ts';
import { addTokens } from './tokens.ts';
import { addWrites } from './writes.ts';

const EXAMPLES = `
Examples:
  konektor serve                              run the server
  konektor sandbox --demo                     Stripe's stand-in alone
  konektor tokens create --lifetime 30d       a token for yourself
  konektor tokens create --member user:ani@example.com --name laptop
  konektor tokens list -o json
  konektor writes list demo/us-central1/stripe-sandbox --unsettled
  konektor backup konektor.backup.gz          while the server runs
  konektor restore konektor.backup.gz         into an empty data folder
  konektor doctor stripe-sandbox              what is wrong with a connection

Commands find the server of the data folder (KONEKTOR_DATA_DIR), or the one of
--server (KONEKTOR_SERVER) with --token (KONEKTOR_TOKEN). Settings are
environment variables: see docs/reference/settings.md. Exit codes are those of
docs/reference/errors.md. From a clone, konektor is: npx node src/main.ts`;

const WIDTH = 80;

/** Runs a command. @param words the words behind the program's name. @returns the exit code */
export async function run(words: readonly string[], deeds: Deeds, terminal: Terminal): Promise<number> {
  let code = 0;
  const program = new Command('konektor').description('A self-hosted Integration Connectors runtime with a complete Stripe connector.').version(terminal.version)
    .exitOverride().configureOutput({ writeOut: (text) => void terminal.out.write(text), writeErr: (text) => void terminal.err.write(text), getOutHelpWidth: () => WIDTH, getErrHelpWidth: () => WIDTH })
    .showSuggestionAfterError().addHelpText('after', EXAMPLES);
  program.command('serve').description('run the server, with its sandbox, until it is stopped')
    .addHelpText('after', `${examples('konektor serve', 'KONEKTOR_PORT=9090 KONEKTOR_SANDBOX_PORT=0 konektor serve', 'DATABASE_URL=postgres://konektor@db.example.com/konektor konektor serve')}
Settings are environment variables: see docs/reference/settings.md.`)
    .action(async () => { code = await deeds.serve(); });
  addSandbox(program, deeds, words);
  addTokens(program, deeds, terminal);
  addBackup(program, deeds, terminal);
  addDoctor(program, deeds, terminal, (exitCode) => { code = exitCode; });
  addWrites(program, deeds, terminal);
  try {
    await program.parseAsync(words.length === 0 ? ['help'] : [...words], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said already what it did not understand.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { text, exitCode } = explainError(error);
    terminal.err.write(text);
    return exitCode;
  }
}
