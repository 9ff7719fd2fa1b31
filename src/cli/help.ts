// konektor help: the help of any command, however deep; a command that is not there is an error, and the one that was meant is told.
import { Argument, type Command } from 'commander';
import { CommandError } from './command-error.ts';
import { examples } from './examples.ts';
import { nearest } from '../errors/nearest.ts';

export function addHelp(program: Command): void {
  program.helpCommand(false).command('help').description('the help of a command').addArgument(new Argument('[command...]', 'its words; without them all commands'))
    .addHelpText('after', examples('konektor help', 'konektor help connections create'))
    .action((words: readonly string[]) => findCommand(program, words).outputHelp());
}

/** @throws CommandError where there is none such. */
function findCommand(program: Command, words: readonly string[]): Command {
  let command = program;
  const walked: string[] = [program.name()];
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next === undefined) {
      const meant = nearest(word, command.commands.map((one) => one.name()));
      throw new CommandError('INVALID_ARGUMENT', `There is no command "${[...walked, word].join(' ')}".`, meant === undefined ? `konektor help ${words.slice(0, walked.length - 1).join(' ')}`.trimEnd() : `Is ${[...walked, meant].join(' ')} meant?`);
    }
    command = next;
    walked.push(word);
  }
  return command;
}
