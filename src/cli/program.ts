// The command line: which commands there are, their help, and how a failure is told.
import { Command, CommanderError } from 'commander';
import { addAccess } from './access/commands.ts';
import { addRoles } from './access/roles.ts';
import { addActions } from './actions/commands.ts';
import { addApi } from './api/commands.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addConnectors } from './catalogue/connectors.ts';
import { addLocations } from './catalogue/locations.ts';
import { addProviders } from './catalogue/providers.ts';
import { addCompletion, answer, ASKED } from './completion/command.ts';
import { addConnections } from './connections/commands.ts';
import { explainError } from './command-error.ts';
import { addContext } from './context.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { addDoctor } from './doctor.ts';
import { addEntities } from './entities/commands.ts';
import { addExplain } from './explain.ts';
import { addHelp } from './help.ts';
import { addMcp } from './mcp.ts';
import { addOperations } from './operations.ts';
import { addProjects } from './projects/projects.ts';
import { addServiceAccounts } from './projects/service-accounts.ts';
import { addServices } from './projects/services.ts';
import { addSettings } from './projects/settings.ts';
import { addRows } from './rows/commands.ts';
import { addSandbox } from './sandbox.ts';
import { addSecrets } from './secrets/commands.ts';
import { addServe } from './serve.ts';
import type { AddCommand, Shell } from './shell.ts';
import { addTask } from './task.ts';
import { addTokens } from './tokens.ts';
import { addWrites } from './writes.ts';

/** Every command, under the heading that the help shows it below. */
const COMMANDS: Readonly<Record<string, readonly AddCommand[]>> = {
  'Server:': [addServe, addSandbox, addDoctor, addBackup],
  'Rows and actions:': [addRows, addActions, addEntities, addExplain, addTask, addWrites, addMcp],
  'Connections:': [addConnections, addSecrets, addOperations],
  'Catalogue:': [addConnectors, addProviders, addLocations],
  'Projects and access:': [addProjects, addServiceAccounts, addServices, addSettings, addAccess, addRoles, addTokens, addAudit],
  'This command line:': [addApi, addContext, addCompletion, addHelp],
};

const EXAMPLES = `
Examples:
  konektor serve                              run the server
  konektor sandbox --demo                     Stripe's stand-in alone
  konektor doctor stripe-sandbox              what is wrong with a connection
  konektor rows list Customer                 rows, such as customers
  konektor writes list demo/us-central1/stripe-sandbox --unsettled
  konektor tokens create --lifetime 30d       a token for yourself
  konektor backup konektor.backup.gz          while the server runs

Commands find the server of the data folder (KONEKTOR_DATA_DIR), or the one of
--server (KONEKTOR_SERVER) with --token (KONEKTOR_TOKEN), or of a context.
Settings are environment variables: see docs/reference/settings.md. Exit codes
are those of docs/reference/errors.md. From a clone, konektor is:
npx node src/main.ts`;

const WIDTH = 80;

/** The program with all its commands. */
export function createProgram(shell: Shell): Command {
  const { terminal } = shell;
  const program = new Command('konektor').description('A self-hosted Integration Connectors runtime with a complete Stripe connector.').version(terminal.version)
    .exitOverride().configureOutput({ writeOut: (text) => void terminal.out.write(text), writeErr: (text) => void terminal.err.write(text), getOutHelpWidth: () => WIDTH, getErrHelpWidth: () => WIDTH })
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`))].join(' ') })
    .showSuggestionAfterError().addHelpText('after', EXAMPLES);
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    program.commandsGroup(heading);
    for (const add of commands) add(program, shell);
  }
  return program;
}

/** Runs a command. @param words the words behind the program's name. @returns the exit code */
export async function run(words: readonly string[], deeds: Deeds, terminal: Terminal): Promise<number> {
  let code = 0;
  const program = createProgram({ words, deeds, terminal, ended: (exitCode) => { code = exitCode; } });
  try {
    if (words[0] === ASKED) return await answer(program, words.slice(1), deeds, terminal).then(() => code);
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
