// Where in the tree of commands the cursor is: which command, what it has been told, and what is to be typed next. The tree is
// the program's own, so that nothing is offered that it does not take.
import type { Argument, Command, Option } from 'commander';

export interface Place {
  readonly command: Command;
  /** What may be typed here. */
  readonly next: { readonly kind: 'option'; readonly option: Option; readonly before: string; readonly text: string } | { readonly kind: 'word'; readonly argument: Argument | undefined };
  /** Values that were typed of arguments, by their names. */
  readonly told: ReadonlyMap<string, string>;
  /** Values that were typed of options, by their long flags; all of those that may be given again. */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
  /** Whether options may come. */
  readonly open: boolean;
}

/** @param words behind the program's name, @param current what has been typed of the next */
export function findPlace(program: Command, words: readonly string[], current: string): Place {
  let command = program;
  let open = true;
  let waiting: Option | undefined;
  const values: string[] = [];
  const chosen = new Map<string, readonly string[]>();
  const choose = (option: Option, value: string): void => {
    chosen.set(nameOf(option), [...(chosen.get(nameOf(option)) ?? []), value]);
    waiting = option.variadic ? option : undefined;
  };
  for (const word of words) {
    const flag = open && word.startsWith('-') && word !== '-' ? readFlag(command, word) : undefined;
    if (flag !== undefined || (open && word === '--')) {
      waiting = undefined;
      if (flag === undefined) open = false;
      else if (flag.value !== undefined) choose(flag.option, flag.value);
      else if (takesValue(flag.option)) waiting = flag.option;
      else chosen.set(nameOf(flag.option), ['']);
    } else if (waiting !== undefined) choose(waiting, word);
    else {
      // "help" stands before the words that it is asked about.
      if (word === 'help' && values.length === 0 && command.commands.length > 0) continue;
      const child = values.length === 0 ? command.commands.find((one) => one.name() === word || one.aliases().includes(word)) : undefined;
      if (child === undefined) values.push(word);
      else command = child;
    }
  }
  const { registeredArguments } = command;
  const told = new Map(values.map((value, index) => [argumentAt(registeredArguments, index)?.name() ?? '', value]));
  return { command, next: nextOf(command, { waiting, open, current, count: values.length }), told, chosen, open };
}

function nextOf(command: Command, { waiting, open, current, count }: { readonly waiting: Option | undefined; readonly open: boolean; readonly current: string; readonly count: number }): Place['next'] {
  const inline = open ? /^(--[\w-]+=)([^]*)$/.exec(current) : null;
  const option = inline === null ? undefined : optionsOf(command).find(({ long }) => `${long}=` === inline[1]);
  if (option !== undefined) return { kind: 'option', option, before: inline?.[1] ?? '', text: inline?.[2] ?? '' };
  if (waiting !== undefined && !(waiting.optional && current.startsWith('-')) && !(waiting.variadic && current.startsWith('-'))) return { kind: 'option', option: waiting, before: '', text: current };
  return { kind: 'word', argument: argumentAt(command.registeredArguments, count) };
}

/** Those of the command and of those above it. */
export function optionsOf(command: Command): readonly Option[] {
  const own = command.options.filter(({ hidden }) => !hidden);
  // A command that takes arguments of its own takes its options before the words of those below it.
  return command.parent === null || command.parent.registeredArguments.length > 0 ? own : [...own, ...optionsOf(command.parent).filter((above) => !own.some(({ long }) => long === above.long))];
}

/** `--sort` */
export function nameOf({ long, short }: Option): string {
  return long ?? short ?? '';
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

/** `--output`, `--output=json`, `-o`, `-ojson` */
function readFlag(command: Command, word: string): { readonly option: Option; readonly value?: string } | undefined {
  const options = optionsOf(command);
  const whole = options.find(({ long, short }) => long === word || short === word);
  if (whole !== undefined) return { option: whole };
  const [, name, value] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
  const long = name === undefined ? undefined : options.find((one) => one.long === name);
  if (long !== undefined) return { option: long, value: value ?? '' };
  const short = word.startsWith('--') ? undefined : options.find((one) => one.short === word.slice(0, 2) && takesValue(one));
  return short === undefined ? undefined : { option: short, value: word.slice(2) };
}

function argumentAt(registered: readonly Argument[], index: number): Argument | undefined {
  const last = registered.at(-1);
  return registered[index] ?? (last?.variadic === true ? last : undefined);
}
