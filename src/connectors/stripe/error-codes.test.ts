// The table against the codes of the installed SDK: none may be left to chance, and none be there that Stripe does not have.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OutboundResponse } from '../../spi/connector.ts';
import { VERDICT_OF_CODE } from './error-codes.ts';
import { errorOfReply } from './errors.ts';

/** Seen in replies, but in no type of the SDK. */
const UNTYPED = ['idempotency_error', 'invoice_already_paid', 'more_permissions_required', 'more_permissions_required_for_application'];

function codesOfSdk(): readonly string[] {
  const text = readFileSync(new URL('../../../node_modules/stripe/esm/resources/SetupAttempts.d.ts', import.meta.url), 'utf8');
  const union = /type Code = ([^;]*'lock_timeout'[^;]*);/.exec(text)?.[1] ?? '';
  return [...union.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
}

function reply(status: number, error: Readonly<Record<string, string>>): OutboundResponse {
  return { status, headers: {}, body: new TextEncoder().encode(JSON.stringify({ error })) };
}

describe('the table of codes', () => {
  it('has every code of the SDK, and no other but those that the SDK leaves out', () => {
    const known = codesOfSdk();
    expect(known.length).toBeGreaterThan(200);
    expect([...VERDICT_OF_CODE.keys()]).toEqual([...known, ...UNTYPED].toSorted());
  });

  it('names each code once', () => {
    const text = readFileSync(new URL('error-codes.ts', import.meta.url), 'utf8');
    const twice = codesOfSdk().filter((code) => [...text.matchAll(new RegExp(`[\\s\`']${code}[\\s\`']`, 'g'))].length !== 1);
    expect(twice).toEqual([]);
  });

  it('decides, whatever the status of a refusal', () => {
    for (const [code, verdict] of VERDICT_OF_CODE) {
      if (code === 'resource_missing') continue;
      for (const status of [400, 402, 403, 404, 409, 429]) {
        const { code: status_, reason } = errorOfReply(reply(status, { code, type: 'invalid_request_error' }), { write: false });
        expect([status_, reason], `${status} ${code}`).toEqual(verdict);
      }
    }
  });

  it('takes a card error for a decline, unless the customer has something to do', () => {
    for (const [code, verdict] of VERDICT_OF_CODE) {
      const { reason } = errorOfReply(reply(402, { code, type: 'card_error', decline_code: 'do_not_honor' }), { write: true });
      expect(reason, code).toBe(verdict[1] === 'AUTHENTICATION_REQUIRED' ? 'AUTHENTICATION_REQUIRED' : 'CARD_DECLINED');
    }
  });
});
