// What every command is given: the words, what is done beyond this room, and the process it runs in.
import type { Command } from 'commander';
import type { Deeds, Terminal } from './deeds.ts';

export interface Shell {
  /** All words behind the program's name. */
  readonly words: readonly string[];
  readonly deeds: Deeds;
  readonly terminal: Terminal;
  /** Tells the exit code of a command that ends in another way than by an error. */
  readonly ended: (exitCode: number) => void;
}

/** Adds a command with all below it. What it needs beyond its help, it loads when it runs. */
export type AddCommand = (program: Command, shell: Shell) => void;
