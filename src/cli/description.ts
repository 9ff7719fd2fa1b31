// The program told as data: every command with what it takes and its examples, for its reference and for tests of its help. It
// runs no command.
import type { Command } from 'commander';
import { createProgram } from './program.ts';
import type { Shell } from './shell.ts';

export interface Term {
  readonly term: string;
  readonly description: string;
}

export interface OptionTerm extends Term {
  /** The heading that help shows it under. */
  readonly group: string;
}

export interface CommandDescription {
  readonly command: Command;
  /** `konektor secrets create` */
  readonly name: string;
  readonly description: string;
  /** `konektor secrets create [options] <secret>` */
  readonly usage: string;
  readonly arguments: readonly Term[];
  readonly options: readonly OptionTerm[];
  /** Names of the commands below it. */
  readonly commands: readonly string[];
  /** Lines as they are typed, without what is told of them. */
  readonly examples: readonly string[];
  /** What stands below the examples. */
  readonly notes: string;
  /** All that --help prints. */
  readonly help: string;
}

/** The program itself first, then each command with those below it. @param word as of a command line that begins with it */
export async function describeProgram(word?: string): Promise<readonly CommandDescription[]> {
  const printed: string[] = [];
  const program = await createProgram(silentShell((text) => printed.push(text)), word);
  const walk = (command: Command): readonly CommandDescription[] => {
    printed.length = 0;
    command.outputHelp();
    return [describe(command, printed.join('')), ...command.commands.filter((one) => one.name() !== 'help' || one.registeredArguments.length > 0).flatMap(walk)];
  };
  return walk(program);
}

function describe(command: Command, help: string): CommandDescription {
  const shown = command.createHelp();
  const after = help.slice(command.helpInformation().length);
  const [, , lines = '', notes = ''] = /^([^]*?)Examples:\n((?: {2}.*\n?)*)([^]*)$/.exec(after) ?? [];
  return {
    command, help, name: nameOf(command), description: command.description(), usage: shown.commandUsage(command), examples: linesOf(lines), notes: notes.trim(), commands: shown.visibleCommands(command).map((one) => one.name()).filter((name) => name !== 'help'),
    arguments: shown.visibleArguments(command).map((one) => ({ term: shown.argumentTerm(one), description: shown.argumentDescription(one) })),
    options: shown.visibleOptions(command).filter((one) => one.long !== '--help').map((one) => ({ term: shown.optionTerm(one), description: shown.optionDescription(one), group: one.helpGroupHeading ?? '' })),
  };
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** A line that ends in a backslash goes on in the next. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\\\n\s*/g, '\\\n      ').split(/(?<!\\)\n/).map((line) => line.replace(/^ {2}/, '').replace(/\n {2}/g, '\n')).filter((line) => line !== '');
}

function silentShell(out: (text: string) => void): Shell {
  const nothing = (): Promise<never> => Promise.reject(new Error('The program is only described.'));
  const terminal = { version: '', environment: {}, input: process.stdin, out: { write: out }, err: { write: out }, interruption: () => new AbortController().signal };
  return { words: [], ended: () => undefined, terminal, deeds: { serve: nothing, sandbox: nothing, findLocalServer: nothing, backUpHere: nothing, storeBackup: nothing, restoreHere: nothing, serveMcp: nothing } };
}
