// A command found by its words; where there is none, the one that was meant. It runs no command and knows none by name.
import type { Command } from 'commander';
import { CommandError } from './command-error.ts';
import { nearest } from '../errors/nearest.ts';

/** Words that stand for one another: what other programs call the same. */
const ALIKE: readonly (readonly string[])[] = [
  ['run', 'execute', 'exec', 'invoke', 'call', 'do'], ['list', 'ls', 'query', 'find'], ['show', 'get', 'describe', 'view', 'inspect', 'info', 'read'], ['create', 'new', 'add', 'insert', 'make', 'mint'],
  ['update', 'edit', 'change', 'modify', 'patch', 'set'], ['delete', 'remove', 'rm', 'del', 'revoke', 'drop'], ['grant', 'add', 'allow', 'bind'], ['use', 'switch', 'select'],
];

/** The command that these words name, however deep. @throws CommandError */
export function findCommand(program: Command, words: readonly string[]): Command {
  let command = program;
  for (const word of words) command = below(command, word);
  return command;
}

/** Looks at the words of a line as far as they can only be commands. @throws CommandError where one is none, before any of it is done */
export function requireCommands(program: Command, words: readonly string[]): void {
  let command = program;
  for (const word of words) {
    if (word.startsWith('-') || word === 'help' || command.commands.length === 0 || command.registeredArguments.length > 0) return;
    command = below(command, word);
  }
}

function below(command: Command, word: string): Command {
  const found = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
  if (found !== undefined) return found;
  const names = command.commands.map((one) => one.name());
  const meant = ALIKE.filter((alike) => alike.includes(word)).flat().find((one) => names.includes(one)) ?? nearest(word, [...names, ...command.commands.flatMap((one) => one.aliases())]);
  const path = pathOf(command);
  throw new CommandError('INVALID_ARGUMENT', `There is no command "${path} ${word.slice(0, 100)}".`, meant === undefined ? told(command, path, names) : `Is ${path} ${meant} meant?`);
}

/** More do not fit into a line. */
const MOST_NAMES = 6;

function told(command: Command, path: string, names: readonly string[]): string {
  if (command.parent === null) return 'konektor help shows all commands.';
  if (names.length > MOST_NAMES) return `${path} --help shows those there are.`;
  return names.length === 0 ? `${path} has none below it: ${path} --help shows what it takes.` : `${path} has ${new Intl.ListFormat('en').format(names)}; ${path} --help shows them.`;
}

/** `konektor actions` */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
