// konektor help: the help of any command, however deep; a command that is not there is an error, and the one that was meant is told.
import { Argument, type Command } from 'commander';
import { examples } from './examples.ts';
import { findCommand } from './find-command.ts';

export function addHelp(program: Command): void {
  program.helpCommand(false).command('help').description('the help of a command').addArgument(new Argument('[command...]', 'its words; without them all commands'))
    .addHelpText('after', examples('konektor help', 'konektor help connections create'))
    .action((words: readonly string[]) => findCommand(program, words).outputHelp());
}
