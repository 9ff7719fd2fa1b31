// Examples: a value of the right kind for each field, as one would begin to write it, and a task for each operation.
import type { EntityOperation, EntityType, Field } from '../api/schema.ts';
import type { TaskInputs } from '../task/inputs.ts';

/** How ids begin at Stripe, by the entity type that they name. */
const PREFIXES: Readonly<Record<string, string>> = {
  PaymentIntent: 'pi', Customer: 'cus', PaymentMethod: 'pm', Invoice: 'in', Quote: 'qt', Subscription: 'sub', Price: 'price', Product: 'prod', Charge: 'ch', Refund: 're', SetupIntent: 'seti', Account: 'acct',
};
const VALUES: Readonly<Record<string, string>> = { Currency: 'usd', Email: 'jenny@example.com', Name: 'Jenny Rosen', Description: 'An example', ReturnUrl: 'https://example.com/', Country: 'ID' };
/** What one writes first where nothing must be written. */
const FIRST = ['Name', 'Email', 'Description', 'Nickname', 'Active'];

export function exampleOf(fields: readonly Field[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
}

function valueOf({ name, dataType, reference, additionalDetails, jsonSchema }: Field): unknown {
  if (dataType === 'VARCHAR') return VALUES[name] ?? additionalDetails?.enum?.[0] ?? (reference !== undefined || name.endsWith('Id') ? exampleId(reference?.name ?? name.replace(/Id$/, '')) : '');
  if (dataType === 'BIGINT') return additionalDetails?.unit === undefined ? 1 : 1000;
  if (dataType === 'DOUBLE') return 1.5;
  if (dataType === 'BOOLEAN') return true;
  if (dataType === 'TIMESTAMP') return `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;
  const type: unknown = jsonSchema === undefined ? undefined : Reflect.get(jsonSchema, 'type');
  return type === 'array' || (Array.isArray(type) && type.includes('array')) ? [] : {};
}

function exampleId(entity: string): string {
  const prefix = PREFIXES[entity];
  return prefix === undefined ? '…' : `${prefix}_…`;
}

export interface ExampleTask {
  readonly operation: EntityOperation;
  readonly inputs: Partial<TaskInputs>;
  /** The inputs as they are read. */
  readonly told: Readonly<Record<string, unknown>>;
}

/** A task for each operation that the entity type has. */
export function exampleTasks({ name, operations, fields, metadata }: EntityType): readonly ExampleTask[] {
  const entityId = exampleId(name);
  return operations.map((operation) => {
    if (operation === 'LIST') {
      const filter = exampleFilter(fields, metadata?.list?.requires ?? []);
      return { operation, inputs: { filter }, told: filter === '' ? {} : { filterClause: filter } };
    }
    if (operation === 'GET' || operation === 'DELETE') return { operation, inputs: { entityId }, told: { entityId } };
    const payload = exampleOf(firstWritten(fields, operation));
    const text = JSON.stringify(payload, null, 2);
    return operation === 'CREATE' ? { operation, inputs: { payload: text }, told: { connectorInputPayload: payload } } : { operation, inputs: { entityId, payload: text }, told: { entityId, connectorInputPayload: payload } };
  });
}

function firstWritten(fields: readonly Field[], operation: 'CREATE' | 'UPDATE'): readonly Field[] {
  const written = fields.filter(({ additionalDetails }) => additionalDetails?.writable?.includes(operation));
  const required = operation === 'CREATE' ? written.filter(({ additionalDetails }) => additionalDetails?.required?.includes('CREATE')) : [];
  const usual = FIRST.flatMap((name) => written.find((field) => field.name === name) ?? []);
  return required.length > 0 ? required : (usual.length > 0 ? usual : written).slice(0, operation === 'CREATE' ? 2 : 1);
}

/** By what the list needs, else by a column that the source itself filters. */
function exampleFilter(fields: readonly Field[], requires: readonly string[]): string {
  const of = (name: string): Field | undefined => fields.find((field) => field.name === name);
  const needed = requires.map((name) => `${name} = '${String(valueOf(of(name) ?? { name, description: '', dataType: 'VARCHAR', nullable: false }))}'`);
  if (needed.length > 0) return needed.join(' AND ');
  const pushed = fields.filter(({ additionalDetails }) => additionalDetails?.filters !== undefined);
  const best = pushed.find(({ name }) => name in VALUES) ?? pushed.find(({ additionalDetails }) => additionalDetails?.enum !== undefined) ?? pushed.find(({ dataType }) => dataType === 'TIMESTAMP') ?? pushed[0];
  if (best === undefined) return '';
  if (best.dataType === 'BOOLEAN') return `${best.name} = TRUE`;
  if (best.dataType === 'TIMESTAMP') return `${best.name} >= '${new Date().getFullYear()}-01-01'`;
  return `${best.name} = '${String(valueOf(best))}'`;
}
