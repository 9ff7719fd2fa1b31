// Everything about an action that is worked out once: its inputs (ids of the path, then the parameters of the body), under the
// specification's names where it has them, and how it answers.
import { StatusError } from '../../errors/status-error.ts';
import { fold, pascal } from './spelling.ts';
import type { ActionRow, Property } from './table.ts';
import { entityOfObject, findAction, overrideOfAction, shapeNamed } from './tables.ts';
import { LEGACY, type SpecialName } from './special.ts';

export interface InputBinding {
  readonly name: string;
  readonly path: readonly string[];
  readonly property: Property;
  readonly required: boolean;
  readonly aliases: readonly string[];
  readonly references?: string;
  /** It is an id of the path. */
  readonly slot: boolean;
  /** Folded spellings. */
  readonly spellings: ReadonlySet<string>;
}

export interface ActionBinding {
  readonly row: ActionRow;
  readonly inputs: readonly InputBinding[];
  /** Stripe's names of parameters, ids of the path included, → the inputs' names: for errors. */
  readonly names: ReadonlyMap<string, string>;
  /** A payload may name a connected account: no id of the path is called AccountId. */
  readonly takesAccount: boolean;
  readonly answer?: 'success' | SpecialName;
  /** Adds keys that the text form keeps from older API versions. */
  readonly legacy?: SpecialName;
}

const bindings = new Map<ActionRow, ActionBinding>();

/** @throws NOT_FOUND for a name that is no action's. */
export function actionBindingOf(name: string): ActionBinding {
  const row = findAction(name);
  if (row === undefined) {
    throw new StatusError('NOT_FOUND', 'ACTION_NOT_FOUND', { message: `there is no action ${name.slice(0, 100)}` });
  }
  const known = bindings.get(row);
  if (known !== undefined) return known;
  const made = bind(row);
  bindings.set(row, made);
  return made;
}

function bind(row: ActionRow): ActionBinding {
  const override = overrideOfAction(row);
  const shape = shapeNamed(row.call.shape);
  const bodyNames = new Set(Object.keys(shape).map(fold));
  const slots = row.slots.map((slot) => slotInput(slot, bodyNames));
  const body = Object.entries(shape).map(([key, property]): InputBinding => {
    const name = override.inputs?.[key] ?? pascal(key);
    const references = property.type === 'string' ? entityOfObject(key) : undefined;
    const aliases = [pascal(key), ...(references === undefined ? [] : [`${pascal(key)}Id`])].filter((alias) => alias !== name);
    const required = property.required === true || override.required?.includes(key) === true;
    return { name, path: [key], property, required, aliases, slot: false, spellings: new Set([name, key].map(fold)), ...(references === undefined ? {} : { references }) };
  });
  const inputs = [...slots, ...body.filter(({ required }) => required), ...body.filter(({ required }) => !required)];
  const legacy = LEGACY[row.object ?? ''];
  return {
    row, inputs, names: namesOf(inputs, slots.at(-1)),
    takesAccount: !inputs.some(({ name }) => name === 'AccountId'),
    ...(override.answer === undefined ? {} : { answer: override.answer }),
    ...(legacy === undefined ? {} : { legacy }),
  };
}

function namesOf(inputs: readonly InputBinding[], object: InputBinding | undefined): ReadonlyMap<string, string> {
  const names = new Map(inputs.map(({ name, path }) => [path.join('.'), name]));
  // Stripe calls the object's own id so, whatever the path calls it.
  for (const own of ['id', 'intent']) if (object !== undefined && !names.has(own)) names.set(own, object.name);
  return names;
}

function slotInput({ slot, entity }: { readonly slot: string; readonly entity: string }, bodyNames: ReadonlySet<string>): InputBinding {
  const name = `${entity}Id`;
  const aliases = [...new Set([entity, pascal(slot), `${pascal(slot)}Id`])].filter((alias) => alias !== name && alias !== 'AccountId' && !bodyNames.has(fold(alias)));
  return {
    name, path: [slot], property: { type: 'string' }, required: true, references: entity, slot: true,
    aliases, spellings: new Set([name, ...aliases].map(fold)),
  };
}
