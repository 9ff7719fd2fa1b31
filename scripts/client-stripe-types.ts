// The text of src/client/stripe.generated.ts: the entity types and actions of the Stripe connector as TypeScript, from the
// catalogue that the connector itself shows and the tables behind it. Pure.
import { actionBindingOf } from '../src/connectors/stripe/action-bindings.ts';
import { bindingOf, type Column } from '../src/connectors/stripe/bindings.ts';
import { createStripeConnector } from '../src/connectors/stripe/connector.ts';
import type { Property } from '../src/connectors/stripe/table.ts';
import type { ActionType, EntityType, Field } from '../src/spi/catalog.ts';
import { createShapeTypes, enumType, keyOf, quoted, type ShapeTypes } from './client-shapes.ts';

/** How many objects below that which an action answers are told; what lies deeper is JSON. */
const ANSWER_DEPTH = 1;

const HEAD = `// Made by \`npm run generate\`; change the tables it is made from. The entity types and actions of the Stripe connector, as types alone:
// what rows show, what may be written, what actions take and answer.
`;

const VALUES = ['Decimal', 'FileInput', 'Json', 'JsonObject', 'NestedList', 'Open', 'Time'];

export function renderStripeTypes(): string {
  const connector = createStripeConnector({});
  // With connected accounts, so that whoever may name one finds AccountId in the types.
  const catalog = connector.describe(connector.parseConfig({ secretVersion: 'projects/p/secrets/s/versions/1', account_override: true }), { livemode: false });
  const shapes = createShapeTypes();
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
  const entities = catalog.entities.toSorted(byName).map((entity) => entityText(entity, shapes));
  const actions = catalog.actions.toSorted(byName).map((action) => actionText(action, shapes));
  const text = [
    ...shapes.interfaces(), '',
    ...entities.flatMap(({ interfaces }) => interfaces), '',
    'export interface StripeEntities {', ...entities.map(({ members }) => members), '}', '',
    'export interface StripeActions {', ...actions, '}', '',
    '/** What the Stripe connector has, for `client.connection<Stripe>(…)`. */',
    'export interface Stripe { entities: StripeEntities; actions: StripeActions }', '',
  ].join('\n');
  return `${HEAD}import type { ${VALUES.filter((name) => new RegExp(`\\b${name}\\b`).test(text)).join(', ')} } from './values.ts';\n\n${text}`;
}

function entityText(entity: EntityType, shapes: ShapeTypes): { readonly members: string; readonly interfaces: readonly string[] } {
  const columns = new Map(bindingOf(entity.name).columns.map((column) => [column.name, column]));
  const has = (operation: 'CREATE' | 'UPDATE'): boolean => entity.operations.includes(operation);
  const [created, updated] = (['CREATE', 'UPDATE'] as const).map((operation) => (has(operation) ? writtenMembers(entity, operation, columns, shapes) : []));
  const both = new Set(created).intersection(new Set(updated));
  const written = (members: readonly string[] | undefined): string => [...(both.size === 0 ? [] : [`${entity.name}Written`]), block((members ?? []).filter((member) => !both.has(member)))].join(' & ');
  const filterOnly = (entity.pseudoFields ?? []).map(({ name, type }) => `${keyOf(name)}: ${FILTERED[type]}`);
  const parts = [
    `operations: ${entity.operations.map(quoted).join(' | ') || 'never'}`,
    `row: ${block(entity.fields.map((field) => `${keyOf(field.name)}: ${shownType(field, columns.get(field.name)?.property, shapes)}`))}`,
    ...(has('CREATE') ? [`create: ${written(created)}`, `created: ${createdColumns(entity)}`] : []),
    ...(has('UPDATE') ? [`update: ${written(updated)}`] : []),
    ...(filterOnly.length === 0 ? [] : [`filterOnly: ${block(filterOnly)}`]),
    ...(entity.maps === undefined || entity.maps.length === 0 ? [] : [`maps: ${entity.maps.map(quoted).join(' | ')}`]),
  ];
  return {
    members: `  ${keyOf(entity.name)}: {\n${parts.map((part) => `    ${part};`).join('\n')}\n  };`,
    interfaces: both.size === 0 ? [] : [`/** What ${entity.name} takes when it is created and when it is updated. */\nexport interface ${entity.name}Written ${block([...both])}`],
  };
}

/** A member a line, so that a difference shows what changed. */
function block(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{\n${members.map((member) => `    ${member};`).join('\n')}\n  }`;
}

const FILTERED: Readonly<Record<Field['type'], string>> = { string: 'string | null', json: 'string | null', integer: 'number | null', decimal: 'number | null', boolean: 'boolean | null', timestamp: 'string | null' };

/** The columns that a creation answers: the id alone where the row can be read, else all that will ever be seen. */
function createdColumns({ key, showsOnCreate, operations }: EntityType): string {
  if (showsOnCreate === true || !operations.includes('GET')) return "'*'";
  return key === undefined ? 'never' : quoted(key);
}

function shownType(field: Field, property: Property | undefined, shapes: ShapeTypes): string {
  const orNull = field.nullable ? ' | null' : '';
  switch (field.type) {
    case 'string':
      return enumType(field.enum) + orNull;
    case 'integer':
      return `number${orNull}`;
    case 'decimal':
      return `${property?.type === 'number' ? 'number' : 'string'}${orNull}`;
    case 'boolean':
      return `boolean${orNull}`;
    case 'timestamp':
      return `string${orNull}`;
    case 'json':
      return (property === undefined ? 'Json' : shapes.shown(property, 0)) + orNull;
  }
}

function writtenMembers(entity: EntityType, operation: 'CREATE' | 'UPDATE', columns: ReadonlyMap<string, Column>, shapes: ShapeTypes): readonly string[] {
  const fields = [...entity.fields, ...(entity.pseudoFields ?? [])].filter(({ writable }) => writable.includes(operation));
  return fields.map((field) => {
    const column = columns.get(field.name);
    const property = (operation === 'CREATE' ? column?.create : column?.update) ?? column?.property;
    const needed = operation === 'CREATE' && field.required === true;
    return `${keyOf(field.name)}${needed ? '' : '?'}: ${property === undefined ? 'string' : shapes.taken(property)}${needed ? '' : ' | null'}`;
  });
}

function actionText(action: ActionType, shapes: ShapeTypes): string {
  const binding = actionBindingOf(action.name);
  const properties = new Map(binding.inputs.map(({ name, property }) => [name, property]));
  const inputs = action.inputs.map(({ name, required }) => {
    const property = properties.get(name);
    return `${keyOf(name)}${required ? '' : '?'}: ${property === undefined ? 'string' : shapes.taken(property)}${required ? '' : ' | null'}`;
  });
  return `  ${keyOf(action.name)}: { ${action.readOnly === true ? 'readOnly: true; ' : ''}input: ${block(inputs)}; result: ${resultText(action.name, shapes)} };`;
}

/** Results in their typed form: what Stripe answered, with `Success`. */
function resultText(name: string, shapes: ShapeTypes): string {
  const { row, answer } = actionBindingOf(name);
  if (row.binary === true) return '{ Success: true; Content: string; ContentType: string; Size: number }';
  if (answer === 'invoiceOfQuote') return '{ InvoiceId: string | null; Success: true }';
  return row.row === undefined ? '{ Success: true }' : `{ Success: true } & ${shapes.shownObject(row.row, ANSWER_DEPTH)}`;
}
