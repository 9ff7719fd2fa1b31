// Domains on which wallets are offered: registered, and looked at anew.
import type { Answer, Call } from '../call.ts';
import { idOf, place } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';
import { editIn } from './statuses.ts';

const DOMAINS = '/v1/payment_method_domains';
const WALLETS = ['amazon_pay', 'apple_pay', 'google_pay', 'klarna', 'link', 'paypal'];

/** `POST /v1/payment_method_domains/{}/validate`. Domains that nobody else can reach cannot be shown to be theirs. */
export function validateDomain(call: Call): Answer {
  const row = editIn(call, DOMAINS);
  const name = text(row, 'domain_name') ?? '';
  const reachable = name.includes('.') && !name.endsWith('.localhost');
  const shown = (): JsonObject => (reachable ? { status: 'active' } : { status: 'inactive', status_details: { error_message: `The domain ${name} could not be reached.` } });
  for (const wallet of WALLETS) row[wallet] = shown();
  return place(DOMAINS, idOf(row));
}
