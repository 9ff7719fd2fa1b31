// What may be typed at a place of the command line: commands, options and their values, and what a server knows. It asks
// through `Names`, and knows neither shells nor transports.
import type { Argument, Command, Option } from 'commander';
import { gather } from '../call-options.ts';
import { OF_ARGUMENTS, OF_OPTIONS, type Asked, type Files, type Meaning } from './meanings.ts';
import { findPlace, nameOf, optionsOf, type Place } from './place.ts';

export interface Candidate {
  /** The whole word, without quotes. */
  readonly value: string;
  readonly description: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** The word goes on: no blank behind it. */
  readonly goesOn: boolean;
  /** Names of this machine's files may stand here too. */
  readonly files: Files | undefined;
}

/** Names that are known elsewhere. Never throws, and is soon back. */
export type Names = (asked: Asked, place: Place) => Promise<readonly Candidate[]>;

const NOTHING: Completion = { candidates: [], goesOn: false, files: undefined };

/** @param words behind the program's name, @param current what has been typed of the next, without quotes */
export async function complete(program: Command, words: readonly string[], current: string, names: Names): Promise<Completion> {
  const place = findPlace(program, words, current);
  const { next } = place;
  if (next.kind === 'option') {
    const { candidates, ...rest } = await valuesOf(next.option, OF_OPTIONS[nameOf(next.option)], next.text, place, names);
    return { ...rest, candidates: candidates.map(({ value, description }) => ({ value: `${next.before}${value}`, description })) };
  }
  if (place.open && current.startsWith('-')) return { ...NOTHING, candidates: optionsAt(place).filter(({ value }) => value.startsWith(current)) };
  const commands = place.told.size > 0 ? [] : place.command.createHelp().visibleCommands(place.command).map((one) => ({ value: one.name(), description: one.description() }));
  const values = next.argument === undefined ? NOTHING : await valuesOf(next.argument, OF_ARGUMENTS[next.argument.name()], current, place, names);
  return { ...values, candidates: [...commands.filter(({ value }) => value.startsWith(current)), ...values.candidates] };
}

function optionsAt({ command, chosen }: Place): readonly Candidate[] {
  const own = command.createHelp().visibleOptions(command);
  const options = [...own, ...optionsOf(command).filter((one) => !own.includes(one) && nameOf(one) !== '--version')];
  return options.filter((option) => option.variadic || isGathered(option) || !chosen.has(nameOf(option))).map((option) => ({ value: nameOf(option), description: option.description }));
}

/** It may be given again: its parser adds to what was there. */
function isGathered({ parseArg, defaultValue }: Option): boolean {
  return parseArg === gather || (parseArg !== undefined && Array.isArray(defaultValue));
}

async function valuesOf({ argChoices }: Pick<Argument | Option, 'argChoices'>, meaning: Meaning | Files | undefined, text: string, place: Place, names: Names): Promise<Completion> {
  if (argChoices !== undefined) return { ...NOTHING, candidates: argChoices.filter((one) => one.startsWith(text)).map((value) => ({ value, description: '' })) };
  if (meaning === undefined) return NOTHING;
  if (typeof meaning === 'string') return { ...NOTHING, files: meaning };
  return FORMS[meaning.form](text, () => names(meaning.asked, place));
}

type Ask = () => Promise<readonly Candidate[]>;

const FORMS: Readonly<Record<Meaning['form'], (text: string, ask: Ask) => Promise<Completion>>> = {
  one: async (text, ask) => ({ ...NOTHING, candidates: beginning(await ask(), text, '') }),

  async list(text, ask) {
    const before = text.slice(0, text.lastIndexOf(',') + 1);
    const taken = new Set(before.split(','));
    return { ...NOTHING, candidates: beginning((await ask()).filter(({ value }) => !taken.has(value)), text, before), goesOn: true };
  },

  // Behind the equals sign stands what only the user knows.
  pair: async (text, ask) => (text.includes('=') ? NOTHING : { ...NOTHING, candidates: beginning(await ask(), text, '').map(({ value, description }) => ({ value: `${value}=`, description })), goesOn: true }),

  async filter(text, ask) {
    const begun = FILTER.exec(text);
    if (begun === null || (text.split('\'').length - 1) % 2 === 1) return NOTHING;
    const [, before = '', column = ''] = begun;
    const columns = beginning(await ask(), text, before);
    // One column is left: what may follow it, so that a quotation mark stays open.
    const [only] = columns.length === 1 || columns.some(({ value }) => value === text) && column !== '' ? columns.filter(({ value }) => columns.length === 1 || value === text) : [];
    return { ...NOTHING, candidates: only === undefined ? columns : [...columns.filter((one) => one !== only), ...OPERATORS.map((operator) => ({ value: `${only.value} ${operator}`, description: only.description }))], goesOn: true };
  },
};

/** Where a condition begins: what stands before it, and what has been typed of its column. */
const FILTER = /^((?:[^]*(?:\(|\b(?:and|or|not)\s))?\s*)([\w.]*)$/i;
const OPERATORS = ['=', '!=', '<', '>', 'LIKE', 'IN (', 'IS NULL'];

/** Those that begin with what has been typed behind `before`. */
function beginning(candidates: readonly Candidate[], text: string, before: string): readonly Candidate[] {
  const typed = text.slice(before.length);
  return candidates.filter(({ value }) => value.startsWith(typed)).map(({ value, description }) => ({ value: `${before}${value}`, description }));
}
