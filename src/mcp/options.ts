// How an MCP server is narrowed by whoever sets it up: the options, the same on a command line and in an address, and what they
// come to. Who may do what is no option: that is the caller's roles.
import { TOOL_EFFECTS, type ToolChoice, type ToolEffect } from '../api/tools.ts';
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';

export const MODES = ['auto', 'full', 'small'] as const;
export type Mode = (typeof MODES)[number];

/** More tools than this are not offered one by one, unless they were chosen by name. */
export const MOST_TOOLS = 40;

interface OptionFacts {
  /** As the command line shows it; none for a switch. */
  readonly value?: string;
  readonly description: string;
}

/** Of the command line `--read-only`, of an address `readOnly`. */
export const MCP_OPTIONS = {
  entities: { value: '<names>', description: 'tools of these entity types, comma-separated; * for all' },
  actions: { value: '<names>', description: 'tools of these actions, comma-separated; * for all' },
  effects: { value: '<effects>', description: `only tools that ${TOOL_EFFECTS.join(', ')}; comma-separated` },
  readOnly: { description: 'the same as effects read: no tool changes anything' },
  mode: { value: '<mode>', description: `full: a tool for each operation; small: search, describe and call; auto: small above ${MOST_TOOLS} tools, unless entities or actions are named` },
} as const satisfies Readonly<Record<string, OptionFacts>>;

export type OptionName = keyof typeof MCP_OPTIONS;

/** As it came: texts of a command line or an address. */
export type GivenOptions = Readonly<Partial<Record<OptionName, unknown>>>;

export interface McpOptions {
  readonly choice: ToolChoice;
  readonly mode: Mode;
}

/** @throws StatusError INVALID_ARGUMENT with every fault */
export function readOptions(given: GivenOptions): McpOptions {
  const faults: FieldViolation[] = [];
  for (const name of Object.keys(given).slice(0, 100)) if (!Object.hasOwn(MCP_OPTIONS, name)) faults.push({ field: name.slice(0, 100), description: `is no option here; there is ${Object.keys(MCP_OPTIONS).join(', ')}` });
  const entityTypes = listOf('entities', given, faults);
  const actions = listOf('actions', given, faults);
  const effects = effectsOf(given, faults);
  const { mode = 'auto' } = given;
  if (!isMode(mode)) faults.push({ field: 'mode', description: `must be one of ${MODES.join(', ')}` });
  if (faults.length > 0 || !isMode(mode)) throw invalidFields(faults, 'INVALID_OPTIONS');
  return { mode, choice: { ...(entityTypes === undefined ? {} : { entityTypes }), ...(actions === undefined ? {} : { actions }), ...(effects === undefined ? {} : { effects }) } };
}

/** What a server says of a choice, said of the options that made it; other errors as they are. */
export function inOptions(error: unknown): unknown {
  const isOfChoice = ({ field }: FieldViolation): boolean => field.startsWith('choice.');
  if (!(error instanceof StatusError) || !error.violations.some(isOfChoice)) return error;
  return invalidFields(error.violations.map(({ field, description }) => ({ field: field.replace(/^choice\./, '').replace(/^entityTypes/, 'entities'), description })), 'INVALID_OPTIONS');
}

/** Of a switch: as a command line gives it, and as texts in an address. */
const YES: ReadonlySet<unknown> = new Set([true, 'true', '']);
const NO: ReadonlySet<unknown> = new Set([undefined, false, 'false']);

/** Whether no tool of a choice changes anything. */
export function readsAlone({ effects }: ToolChoice): boolean {
  return effects?.every((effect) => effect === 'read') === true;
}

function effectsOf(given: GivenOptions, faults: FieldViolation[]): ToolEffect[] | undefined {
  const named = listOf('effects', given, faults);
  const unknown = named?.filter((one) => !isEffect(one)) ?? [];
  if (unknown.length > 0) faults.push({ field: 'effects', description: `names ${unknown.join(', ').slice(0, 100)}: there is ${TOOL_EFFECTS.join(', ')}` });
  const readOnly = YES.has(given.readOnly);
  if (!readOnly && !NO.has(given.readOnly)) faults.push({ field: 'readOnly', description: 'must be true or false' });
  if (readOnly && named?.some((one) => one !== 'read') === true) faults.push({ field: 'readOnly', description: 'contradicts effects: give one of them' });
  return readOnly ? ['read'] : named?.filter(isEffect);
}

/** Comma-separated, and where an option is given several times all of them. */
function listOf(name: OptionName, given: GivenOptions, faults: FieldViolation[]): string[] | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  const names = texts.flatMap((text) => text.split(',')).map((one) => one.trim()).filter((one) => one !== '');
  if (names.length === 0 || names.length > 1_000) faults.push({ field: name, description: 'must name something: 1 to 1000 names, comma-separated' });
  return names;
}

const isMode = (value: unknown): value is Mode => MODES.some((mode) => mode === value);
const isEffect = (text: string): text is ToolEffect => TOOL_EFFECTS.some((effect) => effect === text);
