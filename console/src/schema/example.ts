// An example of an input: a value of the right kind for each field, as one would begin to write it.
import type { Field } from '../api/schema.ts';

const PREFIXES: Readonly<Record<string, string>> = {
  PaymentIntent: 'pi', Customer: 'cus', PaymentMethod: 'pm', Invoice: 'in', Quote: 'qt', Subscription: 'sub', Price: 'price', Product: 'prod', Charge: 'ch', Refund: 're', SetupIntent: 'seti', Account: 'acct',
};

export function exampleOf(fields: readonly Field[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]));
}

function valueOf({ name, dataType, reference, additionalDetails }: Field): unknown {
  const entity = reference?.name ?? name.replace(/Id$/, '');
  if (dataType === 'VARCHAR') return additionalDetails?.enum?.[0] ?? (entity in PREFIXES ? `${PREFIXES[entity] ?? ''}_…` : name.endsWith('Id') ? '…' : '');
  return dataType === 'BIGINT' ? (additionalDetails?.unit === undefined ? 1 : 1000) : dataType === 'DOUBLE' ? 1.5 : dataType === 'BOOLEAN' ? true : dataType === 'TIMESTAMP' ? new Date().toISOString() : {};
}
