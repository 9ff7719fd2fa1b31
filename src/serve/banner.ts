// What a start prints: where the server is, the token, and three commands to try. Fits 80 columns but for what is copied.
import { DEMO_CONNECTION } from './first-start.ts';

export interface BannerFacts {
  readonly url: string;
  readonly token: string;
  readonly tokenIsGiven: boolean;
  /** Where a token that was drawn is kept. */
  readonly tokenFile: string;
  /** Somebody sees it: what goes to a file or to another program is kept, and shows no token. */
  readonly terminal: boolean;
  readonly sandboxUrl: string;
  readonly realAccount: boolean;
  readonly database: 'embedded' | 'postgresql';
  readonly milliseconds: number;
}

export function banner(facts: BannerFacts): string {
  const { url } = facts;
  const at = `${url}/v2/${DEMO_CONNECTION}`;
  const target = facts.realAccount ? 'Stripe itself (STRIPE_API_KEY is set)' : `the sandbox,\n  ${facts.sandboxUrl}`;
  const durability = facts.database === 'embedded'
    ? 'State is embedded: it survives the death of the process, not of the power;\n  for that set DATABASE_URL to a PostgreSQL.'
    : 'State is in PostgreSQL.';
  return `
Konektor is ready on ${url} (${(facts.milliseconds / 1000).toFixed(1)} s).
  The connection "stripe-sandbox" talks to ${target}.
  ${durability}

The token of the administrator${facts.tokenIsGiven ? ' is the one in KONEKTOR_ADMIN_TOKEN' : ''}; try these in another terminal:

  export TOKEN=${tokenWord(facts)}
  export STRIPE=${at}

1. List customers:
  curl -sH "Authorization: Bearer $TOKEN" "$STRIPE/entityTypes/Customer/entities?pageSize=3"

2. Create a payment intent:
  curl -sH "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"fields":{"Amount":1500,"Currency":"usd","PaymentMethod":"pm_card_visa"}}' \\
    "$STRIPE/entityTypes/PaymentIntent/entities"

3. Confirm it (put its Id in):
  curl -sH "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"parameters":{"PaymentIntentId":"pi_…","ReturnUrl":"https://example.com/"}}' \\
    "$STRIPE/actions/ConfirmPaymentIntent:execute"

Stop with Ctrl-C.
`;
}

/** What a shell gives TOKEN as its value. */
function tokenWord({ token, tokenIsGiven, tokenFile, terminal }: BannerFacts): string {
  if (tokenIsGiven) return '"$KONEKTOR_ADMIN_TOKEN"';
  return terminal ? token : `"$(cat '${tokenFile.replaceAll("'", "'\\''")}')"`;
}
