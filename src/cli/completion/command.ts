// konektor completion: the script for a shell. What the script asks comes in as `konektor __complete SHELL LINE [WORD]`.
import { Argument, type Command } from 'commander';
import { CommandError } from '../command-error.ts';
import type { Deeds, Terminal } from '../deeds.ts';
import { examples } from '../examples.ts';
import { put } from '../output.ts';
import type { Shell as CommandShell } from '../shell.ts';
import { ASKED } from './asked.ts';
import { SHELLS, type Shell } from './shells.ts';

export function addCompletion(program: Command, { terminal }: CommandShell): void {
  program.command('completion').description('print the script that completes commands in a shell').addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .addHelpText('after', `${examples('source <(konektor completion bash)                 in ~/.bashrc', 'source <(konektor completion zsh)                  in ~/.zshrc, below compinit', 'konektor completion fish | source                  in config.fish')}

Commands, options and their values are completed, and names that the server of
the context knows: connections, entity types, actions, columns, secrets. These
are remembered for some minutes in ~/.cache/konektor (XDG_CACHE_HOME). Where the
server is away, there is silence.`)
    .action(async (shell: Shell) => {
      const { SCRIPTS } = await import('./shells.ts');
      await put(terminal.out, SCRIPTS[shell]);
    });
}

/** Answers a script. @throws CommandError where it is none of ours */
export async function answer(program: Command, [shell, line = '', replaced = '']: readonly string[], deeds: Pick<Deeds, 'findLocalServer'>, terminal: Terminal): Promise<void> {
  const known = SHELLS.find((one) => one === shell);
  if (known === undefined) throw new CommandError('INVALID_ARGUMENT', `${ASKED} is asked by the scripts of "konektor completion".`);
  const [{ complete }, { readLine }, { createNames }, { linesFor }] = await Promise.all([import('./candidates.ts'), import('./line.ts'), import('./known-names.ts'), import('./shells.ts')]);
  const { words, current } = readLine(line);
  // Variables may be set before the command.
  const behind = words.slice(words.findIndex((word) => !/^\w+=/.test(word)) + 1);
  await put(terminal.out, linesFor(known, await complete(program, behind, current, createNames(deeds, terminal)), line, replaced).map((one) => `${one}\n`).join(''));
}
