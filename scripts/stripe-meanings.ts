// What a number or a text of Stripe means, told from its name and from what the SDK says about it: the SDK's types call
// integers, fractions and points in time all `number`. The rules stand here alone; they know no TypeScript.

import type { Property } from '../src/connectors/stripe/table.ts';

type Meaning = Pick<Property, 'type' | 'format'>;

interface Said {
  readonly property: string;
  /** What the SDK says about it. */
  readonly doc: string;
}

const INSTANT_DOC = /unix[- ](?:epoch )?timestamp|since the (?:unix )?epoch|unix epoch|timestamp|epoch seconds|\bdate and time\b|\btime at which\b|^(?:the )?(?:date|time|moment) (?:at|on|when|after|before|until|by)\b/i;
const INSTANT_NAME = /^(?:created|date|start|end|period|redeem_by|available_on|webhooks_delivered|arrival_date|frozen_time|billing_cycle_anchor|timestamp|next_payment_attempt)$|_(?:at|date|on|until|time|timestamp|after|before|by)$|(?:^|_)(?:period|trial|phase)_(?:start|end)$|^(?:from|to)$/;
const FRACTION_NAME = /percent(?:age)?(?:_|$)|^percent|(?:^|_)rate$/;
const MINOR_DOC = /smallest currency unit|minor currency unit|\bin (?:the )?(?:cents|minor units?)\b|\bamount\b.*\b(?:in|of) cents?\b|\bcents\b/i;
const MINOR_NAME = /^amount(?:_|$)|_amount(?:_|$)|^(?:subtotal|total)(?:_|$)|^(?:balance|fee|net)$/;

/** What a property typed `number` is. */
export function meaningOfNumber({ property: name, doc }: Said): Meaning {
  if (FRACTION_NAME.test(name)) return { type: 'number', format: 'percent' };
  if (INSTANT_NAME.test(name) || INSTANT_DOC.test(doc)) return { type: 'timestamp' };
  if (MINOR_NAME.test(name) || MINOR_DOC.test(doc)) return { type: 'integer', format: 'minor-units' };
  return { type: 'integer' };
}

/** What a property typed `string` is. */
export function meaningOfText({ property: name }: Said): Meaning {
  if (name === 'currency' || name.endsWith('_currency')) return { type: 'string', format: 'currency' };
  if (name === 'country' || name.endsWith('_country')) return { type: 'string', format: 'country' };
  if (name === 'email' || name.endsWith('_email')) return { type: 'string', format: 'email' };
  if (name === 'url' || name.endsWith('_url')) return { type: 'string', format: 'url' };
  return { type: 'string' };
}
