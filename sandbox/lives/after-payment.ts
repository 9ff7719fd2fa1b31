// What follows a payment that was taken, by its test card: disputes, warnings of fraud. It must not know how the payment came about.
import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { insertDispute } from './disputes.ts';
import { behaviourOf } from './payment-methods.ts';
import { warnOfFraud } from './reviews.ts';

/** Opens what the test card is for. Fraud that was disputed after 3-D Secure is the issuer's loss. */
export function afterPayment(call: Call, charge: JsonObject, method: JsonObject): void {
  const behaviour = behaviourOf(method);
  if (behaviour.kind === 'warns') warnOfFraud(call, charge);
  if (behaviour.kind !== 'disputes') return;
  for (let at = 0; at < (behaviour.times ?? 1); at += 1) insertDispute(call, charge, behaviour);
}
