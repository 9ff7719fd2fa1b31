// Which of the tools are meant: by entity type, by action, by what a call of them does.
import type { ToolChoice } from '../api/tools.ts';
import { didYouMean, fold } from '../errors/nearest.ts';
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import type { ToolModel } from './tool.ts';

const ALL = '*';

/** Whether a tool is among those that are meant. */
export type IsChosen = (tool: ToolModel) => boolean;

/** @param at what the choice is called by whoever made it. @throws StatusError INVALID_ARGUMENT with every name that there is not */
export function chosenBy(choice: ToolChoice, tools: readonly ToolModel[], at = 'choice'): IsChosen {
  const { effects } = choice;
  const faults: FieldViolation[] = [];
  const entityTypes = namesIn(choice.entityTypes, tools.flatMap(({ subject }) => (subject.kind === 'entity' ? [{ name: subject.entity.name, aliases: subject.entity.aliases ?? [] }] : [])), { field: `${at}.entityTypes`, what: 'entity type' }, faults);
  const actions = namesIn(choice.actions, tools.flatMap(({ subject }) => (subject.kind === 'action' ? [{ name: subject.action.name, aliases: [] }] : [])), { field: `${at}.actions`, what: 'action' }, faults);
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  const everything = choice.entityTypes === undefined && choice.actions === undefined;
  const has = (names: ReadonlySet<string>, name: string): boolean => everything || names.has(ALL) || names.has(name);
  return ({ effect, subject }) => (effects === undefined || effects.includes(effect))
    && (subject.kind === 'entity' ? has(entityTypes, subject.entity.name) : has(actions, subject.action.name));
}

interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** The listed names of what was named. */
function namesIn(given: readonly string[] = [], known: readonly Named[], { field, what }: { readonly field: string; readonly what: string }, faults: FieldViolation[]): ReadonlySet<string> {
  if (given.length === 0) return new Set();
  const byFold = new Map([...known.flatMap(({ name, aliases }) => aliases.map((alias) => [fold(alias), name] as const)), ...known.map(({ name }) => [fold(name), name] as const)]);
  return new Set(given.flatMap((one) => {
    const found = one === ALL ? ALL : byFold.get(fold(one));
    if (found === undefined) faults.push({ field, description: `names "${one.slice(0, 100)}", which is no ${what} of this connection${didYouMean(one, known.map(({ name }) => name)) || '.'}` });
    return found ?? [];
  }));
}
