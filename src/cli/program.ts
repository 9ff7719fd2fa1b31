// The command line: which commands there are, their help, and how a failure is told.
import { Command, CommanderError } from 'commander';
import { ASKED } from './completion/asked.ts';
import { explainError } from './command-error.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { requireCommands } from './find-command.ts';
import type { AddCommand, Shell } from './shell.ts';

interface Loaded {
  /** The words by which the command, and what is added with it, is called. */
  readonly words: readonly string[];
  readonly load: () => Promise<AddCommand>;
}

/** Every command, under the heading that the help shows it below. What a command does not need is not loaded for it. */
const COMMANDS: Readonly<Record<string, readonly Loaded[]>> = {
  'Server:': [
    { words: ['serve'], load: async () => (await import('./serve.ts')).addServe },
    { words: ['sandbox'], load: async () => (await import('./sandbox.ts')).addSandbox },
    { words: ['doctor'], load: async () => (await import('./doctor.ts')).addDoctor },
    { words: ['backup', 'restore'], load: async () => (await import('./backup.ts')).addBackup },
  ],
  'Rows and actions:': [
    { words: ['rows'], load: async () => (await import('./rows/commands.ts')).addRows },
    { words: ['actions'], load: async () => (await import('./actions/commands.ts')).addActions },
    { words: ['entities', 'schema'], load: async () => (await import('./entities/commands.ts')).addEntities },
    { words: ['explain'], load: async () => (await import('./explain.ts')).addExplain },
    { words: ['task'], load: async () => (await import('./task.ts')).addTask },
    { words: ['writes'], load: async () => (await import('./writes.ts')).addWrites },
    { words: ['mcp'], load: async () => (await import('./mcp.ts')).addMcp },
  ],
  'Connections:': [
    { words: ['connections'], load: async () => (await import('./connections/commands.ts')).addConnections },
    { words: ['secrets'], load: async () => (await import('./secrets/commands.ts')).addSecrets },
    { words: ['operations'], load: async () => (await import('./operations.ts')).addOperations },
  ],
  'Catalogue:': [
    { words: ['connectors'], load: async () => (await import('./catalogue/connectors.ts')).addConnectors },
    { words: ['providers'], load: async () => (await import('./catalogue/providers.ts')).addProviders },
    { words: ['locations'], load: async () => (await import('./catalogue/locations.ts')).addLocations },
  ],
  'Projects and access:': [
    { words: ['projects'], load: async () => (await import('./projects/projects.ts')).addProjects },
    { words: ['service-accounts'], load: async () => (await import('./projects/service-accounts.ts')).addServiceAccounts },
    { words: ['services'], load: async () => (await import('./projects/services.ts')).addServices },
    { words: ['settings'], load: async () => (await import('./projects/settings.ts')).addSettings },
    { words: ['access'], load: async () => (await import('./access/commands.ts')).addAccess },
    { words: ['roles'], load: async () => (await import('./access/roles.ts')).addRoles },
    { words: ['tokens'], load: async () => (await import('./tokens.ts')).addTokens },
    { words: ['audit'], load: async () => (await import('./audit.ts')).addAudit },
  ],
  'This command line:': [
    { words: ['api'], load: async () => (await import('./api/commands.ts')).addApi },
    { words: ['context'], load: async () => (await import('./context.ts')).addContext },
    { words: ['completion'], load: async () => (await import('./completion/command.ts')).addCompletion },
    // It is asked about every other.
    { words: [], load: async () => (await import('./help.ts')).addHelp },
  ],
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
npx node bin/konektor.js`;

const WIDTH = 80;

/** The program with all its commands. @param word the first that was typed: where it calls a command, only that one is loaded */
export async function createProgram(shell: Shell, word?: string): Promise<Command> {
  const { terminal } = shell;
  const program = new Command('konektor').description('A self-hosted Integration Connectors runtime with a complete Stripe connector.').version(terminal.version)
    .exitOverride().configureOutput({ writeOut: (text) => void terminal.out.write(text), writeErr: (text) => void terminal.err.write(text), getOutHelpWidth: () => WIDTH, getErrHelpWidth: () => WIDTH })
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`))].join(' ') })
    .showSuggestionAfterError().showHelpAfterError('Behind any command --help shows what it takes; konektor help shows all commands.').addHelpText('after', EXAMPLES);
  const all = Object.entries(COMMANDS).flatMap(([heading, commands]) => commands.map((one) => ({ ...one, heading })));
  const called = all.filter(({ words }) => word !== undefined && words.includes(word));
  const loaded = await Promise.all((called.length === 0 ? all : called).map(async ({ heading, load }) => ({ heading, add: await load() })));
  for (const { heading, add } of loaded) {
    program.commandsGroup(heading);
    add(program, shell);
  }
  return program;
}

/** Runs a command. @param words the words behind the program's name. @returns the exit code */
export async function run(words: readonly string[], deeds: Deeds, terminal: Terminal): Promise<number> {
  let code = 0;
  const program = await createProgram({ words, deeds, terminal, ended: (exitCode) => { code = exitCode; } }, words[0]);
  try {
    if (words[0] === ASKED) return await (await import('./completion/command.ts')).answer(program, words.slice(1), deeds, terminal).then(() => code);
    requireCommands(program, words);
    await program.parseAsync(words.length === 0 ? ['help'] : [...words], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has said already what it did not understand.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { text, exitCode } = explainError(error);
    terminal.err.write((await import('./width.ts')).cells(text));
    return exitCode;
  }
}
