// Filter → a query of Stripe's Search, for connections that have opted in. Search may lag and finds more than it should, so
// nothing counts as settled by it: what it finds is read fresh and checked again. Pure.
import type { Condition } from '../../filter/conjuncts.ts';
import { instantOf } from '../../filter/instant.ts';
import type { Filter } from '../../spi/filter.ts';
import type { Binding } from './bindings.ts';

type Kind = 'text' | 'number' | 'time';
type Fields = Readonly<Record<string, readonly [field: string, kind: Kind]>>;

const CARD: Fields = {
  PaymentMethodDetailsCardLast4: ['payment_method_details.card.last4', 'text'],
  PaymentMethodDetailsCardBrand: ['payment_method_details.card.brand', 'text'],
  PaymentMethodDetailsCardFingerprint: ['payment_method_details.card.fingerprint', 'text'],
  PaymentMethodDetailsCardExpMonth: ['payment_method_details.card.exp_month', 'number'],
  PaymentMethodDetailsCardExpYear: ['payment_method_details.card.exp_year', 'number'],
};

/** The columns that Search knows, by entity. */
const FIELDS: Readonly<Record<string, Fields>> = {
  Charge: { Amount: ['amount', 'number'], Created: ['created', 'time'], Currency: ['currency', 'text'], Customer: ['customer', 'text'], Status: ['status', 'text'], BillingDetailsAddressPostalCode: ['billing_details.address.postal_code', 'text'], ...CARD },
  Customer: { Created: ['created', 'time'], Email: ['email', 'text'], Name: ['name', 'text'], Phone: ['phone', 'text'] },
  Invoice: { Created: ['created', 'time'], Total: ['total', 'number'], Currency: ['currency', 'text'], Customer: ['customer', 'text'], Number: ['number', 'text'], ReceiptNumber: ['receipt_number', 'text'], Status: ['status', 'text'] },
  PaymentIntent: { Amount: ['amount', 'number'], Created: ['created', 'time'], Currency: ['currency', 'text'], Customer: ['customer', 'text'], Status: ['status', 'text'] },
  Price: { Currency: ['currency', 'text'], LookupKey: ['lookup_key', 'text'], Product: ['product', 'text'], Type: ['type', 'text'] },
  Product: { Description: ['description', 'text'], Name: ['name', 'text'], Url: ['url', 'text'] },
  Subscription: { Created: ['created', 'time'], Status: ['status', 'text'] },
};

/** The query for these conditions; undefined where Search can do nothing for them. */
export function searchQuery(binding: Binding, conditions: readonly Filter[]): string | undefined {
  const fields = FIELDS[binding.row.entity];
  if (fields === undefined || binding.row.search === undefined) return undefined;
  const clauses = conditions.flatMap((part) => (part.kind === 'compare' ? clauseOf(part, fields) ?? [] : []));
  // Times alone are done better by the list call.
  return clauses.some((clause) => !clause.startsWith('created')) ? clauses.join(' AND ') : undefined;
}

function clauseOf({ field, operator, value }: Extract<Condition, { readonly kind: 'compare' }>, fields: Fields): string | undefined {
  if (value === null || value === '') return undefined;
  if (field.startsWith('Metadata.')) return operator === '=' ? `metadata[${quoted(field.slice('Metadata.'.length))}]:${quoted(String(value))}` : undefined;
  const [name, kind] = fields[field] ?? [];
  if (name === undefined) return undefined;
  if (kind === 'text') return operator === '=' ? `${name}:${quoted(String(value))}` : undefined;
  const number = kind === 'time' ? (instantOf(value) ?? Number.NaN) / 1000 : Number(value);
  if (!Number.isInteger(number) || operator === '!=') return undefined;
  return `${name}${operator === '=' ? ':' : operator}${number}`;
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
