// What a number or a text of Stripe means. The SDK's types call integers, fractions, amounts of money and points in time
// all `number`; the rules here tell them apart by name and by what the SDK says. They know no TypeScript.

import type { Property } from '../src/connectors/stripe/table.ts';

type Meaning = Pick<Property, 'type' | 'format'>;

/** What the SDK says of one property. */
export interface Said {
  /** The shape it is in. */
  readonly shape: string;
  readonly property: string;
  /** The comment before it, as written. */
  readonly doc: string;
}

// Points in time. A name in `_by` is none by itself (`divide_by`); `_on`, `_at`, `_date`, `_until` always were.
const INSTANT_NAME = /^(?:created|updated|expires|sent|date|time|start|end|timestamp|due_by|redeem_by|billing_cycle_anchor|next_payment_attempt)$|_(?:at|date|on|until|time|timestamp|after|before|deadline)$|(?:^|_)(?:period|trial|interval|available)_(?:start|end)$/;
const INSTANT_DOC = /unix[- ](?:epoch )?timestamp|since (?:the )?unix epoch|\btimestamp\b|\btime (?:at|before|after) which\b/i;
const MILLISECONDS_DOC = /milliseconds since the unix epoch/i;
// v2 writes them as text, and some days too.
const WRITTEN_INSTANT_DOC = /RFC ?3339|\btimestamp\b|^(?:the )?(?:creation )?time\b|^the date when\b/i;
const DAY_DOC = /YYYY-MM-DD|ISO 8601 format/;
const CLOCK_DOC = /HH:MM/;

// Fractions. Of what is measured, not counted, the SDK does not say that it is fractional: named here.
const PERCENT_NAME = /(?:^|_)percent(?:ages?|_|$)|_rate(?:_past_hour)?$/;
const FRACTION_NAME = /^(?:exchange_rate|rates|latitude|longitude|aggregated_value)$/;
const FRACTION_SHAPE = /PackageDimensions$|\.FraudRisk$/;
const FRACTION_DOC = /\bdecimal places\b/i;

// Amounts of money, in the smallest unit of their currency.
const MINOR_NAME = /(?:^|_)amounts?(?:_|$)|^(?:subtotal|total)(?:_|$)|(?:^|_)(?:balance|fee)$|^(?:net|unit_cost|smart_tip_threshold|invoice_credit_balance|minimum_balance_by_currency)$/;
const MINOR_DECIMAL_NAME = /^(?:unit_amount|flat_amount|amount|unit_cost)_decimal$/;
const MINOR_DOC = /smallest (?:currency )?unit|minor unit|\bcents\b/i;
const MINOR_SHAPE = /(?:\.CustomUnitAmount|\.SourceTypes|\.Monetary|\.V2Amount(?:Params)?)$|^FinancialConnections\.Account\.Balance\b|^Treasury\..*\.Balance(?:Impact)?$/;

/** What a property typed `number` is. */
export function meaningOfNumber(said: Said): Meaning {
  const { shape, property, doc } = said;
  if (FRACTION_NAME.test(property)) return { type: 'number' };
  if (PERCENT_NAME.test(property)) return { type: 'number', format: 'percent' };
  if (MILLISECONDS_DOC.test(doc)) return { type: 'timestamp', format: 'unix-milliseconds' };
  if (INSTANT_NAME.test(property) || INSTANT_DOC.test(doc)) return { type: 'timestamp' };
  if (isMinor(said)) return { type: 'integer', format: 'minor-units' };
  return { type: FRACTION_SHAPE.test(shape) || FRACTION_DOC.test(doc) || isReceiptQuantity(said) ? 'number' : 'integer' };
}

/** What a property typed `Decimal` is. */
export function meaningOfDecimal({ property, doc }: Said): Meaning {
  if (PERCENT_NAME.test(property) && !FRACTION_NAME.test(property) && property !== 'fx_rate') return { type: 'decimal', format: 'percent' };
  return MINOR_DECIMAL_NAME.test(property) || MINOR_DOC.test(doc) ? { type: 'decimal', format: 'minor-units' } : { type: 'decimal' };
}

/** What a property typed `string` is. */
export function meaningOfText(said: Said): Meaning {
  const { shape, property, doc } = said;
  if (property.endsWith('_decimal') || /\bdecimal string\b/.test(doc)) {
    return PERCENT_NAME.test(property) && !FRACTION_NAME.test(property) ? { type: 'decimal', format: 'percent' } : { type: 'decimal' };
  }
  if (DAY_DOC.test(doc)) return { type: 'string', format: 'date' };
  if (shape.startsWith('V2.') && !CLOCK_DOC.test(doc) && (INSTANT_NAME.test(property) || /^created_[gl]te?$/.test(property)) && isWritten(property, doc)) {
    return { type: 'timestamp', format: 'date-time' };
  }
  for (const [name, format] of TEXTS) if (name.test(property)) return { type: 'string', format };
  return { type: 'string' };
}

const TEXTS = [
  [/(?:^|_)currency$/, 'currency'],
  [/(?:^|_)country$/, 'country'],
  [/^(?!hashed_)(?:\w+_)?email(?:_address)?$|^email_sent_to$/, 'email'],
  [/^(?!image_data_)(?:\w+_)?url(?:_png|_svg)?$/, 'url'],
] as const;

function isWritten(property: string, doc: string): boolean {
  return property.startsWith('created') || WRITTEN_INSTANT_DOC.test(doc);
}

function isMinor({ shape, property, doc }: Said): boolean {
  return MINOR_NAME.test(property) || MINOR_DOC.test(doc) || MINOR_SHAPE.test(shape);
}

/** A receipt's lines count in fractions (litres): as a parameter the same quantity is a `Decimal`. */
function isReceiptQuantity({ shape, property }: Said): boolean {
  return property === 'quantity' && shape.endsWith('.PurchaseDetails.Receipt');
}
