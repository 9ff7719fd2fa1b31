// Bindings → the catalogue that callers see: entity types with their fields, actions with inputs and outputs. Pure; made once
// for each kind of connection and kept.
import type { ActionInput, ActionType, Catalog, EntityType, Field, FieldType } from '../../spi/catalog.ts';
import { actionBindingOf, type ActionBinding } from './action-bindings.ts';
import { bindingOf, operationsOf, type Binding, type Column, type Parent } from './bindings.ts';
import { fieldType, flatten } from './columns.ts';
import { describeProperty, type Words } from './description.ts';
import { comparisonsOf, type FilterTarget } from './filters.ts';
import { hasAccountColumn, listRequires } from './plan-list.ts';
import { schemaOf } from './schema.ts';
import { fold, pascal, words } from './spelling.ts';
import type { ActionRow, EntityRow, Property } from './table.ts';
import { aliasesOf, entityOfObject, overrideOf, shapeNamed, tables } from './tables.ts';

export interface Audience {
  readonly livemode: boolean;
  readonly accountOverride: boolean;
}

const OPERATIONS = ['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE'] as const;

export function describeCatalog(known: Words, audience: Audience): Catalog {
  return {
    entities: tables().entities.map((row) => entityType(row, known, audience)),
    actions: tables().actions.filter(({ testOnly }) => !(audience.livemode && testOnly === true)).map((row) => actionType(row, known, audience)),
  };
}

/** The columns of an entity are worked out when somebody reads them: all together they are ten thousand. */
function entityType(row: EntityRow, known: Words, audience: Audience): EntityType {
  let made: Details | undefined;
  const details = (): Details => (made ??= detailsOf(bindingOf(row.entity), known, audience));
  const text = [known.entity(row.entity) ?? `${capital(words(row.object === '' ? row.entity : row.object))} of Stripe.`, overrideOf(row).hidden];
  const has = operationsOf(row);
  return {
    name: row.entity,
    description: text.filter((part) => part !== undefined).join(' '),
    aliases: aliasesOf(row),
    ...('id' in shapeNamed(row.row) ? { key: 'Id' } : {}),
    get fields() { return details().fields; },
    ...(overrideOf(row).showsOnCreate === true ? { showsOnCreate: true } : {}),
    operations: OPERATIONS.filter((operation) => has.has(operation)),
    get listRequires() { return details().listRequires; },
    get pseudoFields() { return details().pseudoFields; },
    get maps() { return details().maps; },
  };
}

type Details = Required<Pick<EntityType, 'fields' | 'listRequires' | 'pseudoFields' | 'maps'>>;

function detailsOf(binding: Binding, known: Words, { accountOverride }: Audience): Details {
  const { row, filters } = binding;
  const names = new Set(binding.columns.map(({ name }) => fold(name)));
  const fields = binding.columns.map((column) => fieldOf(column, binding, known, names));
  const parents = binding.parents.filter(({ column }) => !names.has(fold(column))).map((parent) => parentField(parent, binding));
  const own = binding.composite ? [stripeIdField(row.entity)] : [];
  const pseudo = [...filters.pseudo].map(([name, target]) => pseudoField(name, target, known, row.list?.shape ?? row.get?.shape ?? ''));
  const maps = binding.columns.filter(({ shown, property }) => shown && property.type === 'map').map(({ name }) => name);
  const [first, ...rest] = fields;
  return {
    fields: first === undefined ? parents : [first, ...own, ...parents, ...rest],
    listRequires: binding.operations.has('LIST') ? listRequires(binding) : [],
    pseudoFields: [...pseudo, ...(accountOverride && hasAccountColumn(binding) ? [ACCOUNT] : [])],
    maps,
  };
}

const ACCOUNT: Field = {
  name: 'AccountId', type: 'string', nullable: true, writable: ['CREATE', 'UPDATE'], filters: ['='],
  description: 'The connected account (acct_…) on whose behalf this one call is made.',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fieldOf(column: Column, binding: Binding, known: Words, names: ReadonlySet<string>): Field {
  const { name, path, property, create, update, shown } = column;
  const input = create ?? update;
  const parent = binding.parents.find((one) => one.column === name);
  const type = fieldType(property);
  const targets = binding.filters.columns.get(name) ?? [];
  const aliases = aliasesOfColumn(column, parent).filter((alias) => !names.has(fold(alias)));
  const isKey = name === binding.key;
  const references = property.expands === undefined ? undefined : entityOfObject(property.expands);
  const description = describeProperty(known, column.owner, path, property);
  const field: Field = {
    name, type,
    nullable: !isKey && (path.length > 1 || property.nullable === true || !shown),
    description: isKey && binding.composite ? `Composite: ${[...binding.parents.map(({ column: one }) => one), 'StripeId'].join('/')}.` : description,
    writable: [...(create === undefined && parent === undefined ? [] : ['CREATE' as const]), ...(update === undefined ? [] : ['UPDATE' as const])],
    ...(references === undefined ? {} : { references }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(property.enum === undefined ? {} : { enum: property.enum }),
    ...(property.format === 'minor-units' ? { unit: 'minor-currency-unit' as const } : {}),
    // Deeper ones are needed only where what holds them is given.
    ...(create?.required === true && path.length === 1 ? { required: true } : {}),
    ...(targets.length === 0 && parent === undefined ? {} : { filters: parent === undefined ? comparisonsOf(targets) : ['='] }),
  };
  return input === undefined || type !== 'json' ? field : withSchema(field, input);
}

/** The schema is made when somebody reads it: few do, and all of them together are large. */
function withSchema<Described extends Field>(field: Described, property: Property): Described {
  let made: object | undefined;
  return Object.defineProperty({ ...field }, 'schema', { enumerable: true, get: () => (made ??= schemaOf(property)) });
}

/** Names that CData's driver uses: `CustomerId`, `MetadataAggregate`, `CreatedAt`. */
function aliasesOfColumn({ name, path, property }: Column, parent: Parent | undefined): readonly string[] {
  const aliases: string[] = [];
  if (parent !== undefined) aliases.push(parent.entity, `${parent.entity}Id`, pascal(parent.slot), `${pascal(parent.slot)}Id`);
  else if (property.expands !== undefined && name !== 'Account') aliases.push(`${name}Id`);
  if (['array', 'map'].includes(property.type) || property.list === true) aliases.push(`${name}Aggregate`);
  if (path.length === 1 && name === 'Created') aliases.push('CreatedAt');
  return [...new Set(aliases)].filter((alias) => alias !== name);
}

function parentField({ column, entity, slot }: Parent, binding: Binding): Field {
  const aliases = [...new Set([entity, `${entity}Id`, pascal(slot), `${pascal(slot)}Id`])].filter((alias) => alias !== column);
  return {
    name: column, type: 'string', nullable: false, writable: binding.operations.has('CREATE') ? ['CREATE'] : [], references: entity, aliases,
    description: `Id of the ${words(slot)} that this belongs to.`, filters: ['='],
  };
}

function stripeIdField(entity: string): Field {
  return { name: 'StripeId', type: 'string', nullable: false, writable: [], description: `Stripe's own id of the ${entity}.` };
}

function pseudoField(name: string, target: FilterTarget, known: Words, shape: string): Field {
  const { property, parameter } = target;
  return {
    name, type: pseudoType(target), nullable: true, writable: [], filters: ['='],
    description: `${describeProperty(known, shape, parameter.split('.'), property)} For filters only.`,
    ...(property.enum === undefined ? {} : { enum: property.enum }),
  };
}

function pseudoType({ kind, property }: FilterTarget): FieldType {
  if (kind === 'range') return property.of?.some(({ type }) => type === 'integer') === true ? 'integer' : 'timestamp';
  if (kind === 'list') return fieldType(property.items ?? property);
  return fieldType(property);
}

/** What Stripe has no call for to bring back. */
const ENDING = /^(Cancel|Close|Decline|Delete|Detach|Disconnect|Expire|Redact|Reject|Remove|Uninstall|Void)[A-Z]/;

function actionType(row: ActionRow, known: Words, { accountOverride }: Audience): ActionType {
  let inputs: readonly ActionInput[] | undefined;
  let outputs: readonly Field[] | undefined;
  return {
    name: row.action,
    description: known.action(row.action) ?? `${capital(words(row.action.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()))}.`,
    ...(row.call.method === 'GET' ? { readOnly: true } : {}),
    ...(row.call.method === 'DELETE' || ENDING.test(row.action) ? { destructive: true } : {}),
    get inputs() { return (inputs ??= inputsOf(actionBindingOf(row.action), known, accountOverride)); },
    get outputs() { return (outputs ??= outputsOf(actionBindingOf(row.action), known)); },
  };
}

function inputsOf(binding: ActionBinding, known: Words, accountOverride: boolean): readonly ActionInput[] {
  const { row } = binding;
  const inputs = binding.inputs.map((input): ActionInput => {
    const { name, path, property, required, aliases, references } = input;
    const field: ActionInput = {
      name, type: fieldType(property), nullable: !required, required, writable: ['CREATE'],
      description: input.slot ? `Id of the ${words(path[0] ?? '')}.` : describeProperty(known, row.call.shape ?? '', path, property),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(references === undefined ? {} : { references }),
      ...(property.enum === undefined ? {} : { enum: property.enum }),
    };
    return field.type === 'json' ? withSchema(field, property) : field;
  });
  const account: readonly ActionInput[] = accountOverride && binding.takesAccount ? [{ ...ACCOUNT, required: false }] : [];
  return [...inputs, ...account];
}

const SUCCESS: Field = { name: 'Success', type: 'string', nullable: false, writable: [], description: '"true".' };

function output(name: string, description: string): Field {
  return { name, type: 'string', nullable: true, writable: [], description };
}

/** The text form: Stripe's own keys, joined by dots. */
function outputsOf({ row, answer }: ActionBinding, known: Words): readonly Field[] {
  if (row.binary === true) return [SUCCESS, output('Content', 'The bytes as base64.'), output('ContentType', 'The media type.'), output('Size', 'The number of bytes.')];
  if (answer === 'success') return [SUCCESS];
  if (answer === 'invoiceOfQuote') return [output('InvoiceId', 'The invoice that was made, if there is one.'), SUCCESS];
  const [leaves] = flatten([row.row]);
  const fields = [...(leaves?.values() ?? [])].map(({ path, property, owner }) => output(path.join('.'), describeProperty(known, owner, path, property)));
  return [SUCCESS, ...fields];
}
