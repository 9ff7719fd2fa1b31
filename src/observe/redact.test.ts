import { describe, expect, it } from 'vitest';
import { redactBody, redactHeaders, redactUrl } from './redact.ts';

const SENSITIVE = ['number', 'cvc', 'client_secret', 'Secret'];

describe('redaction by structure', () => {
  it('hides pairs of a form by any part of their key', () => {
    const body = 'amount=5&card%5Bnumber%5D=4242&payment_method_data[card][cvc]=123&secret=&metadata[a]=x+y&secret[deep][1]=z';
    expect(redactBody(body, 'application/x-www-form-urlencoded', SENSITIVE)).toBe('amount=5&card[number]=…&payment_method_data[card][cvc]=…&secret&metadata[a]=x y&secret[deep][1]=…');
  });

  it('hides values of JSON, whole objects too, and leaves what tells nothing', () => {
    const body = Buffer.from(JSON.stringify({ id: 'pi_1', client_secret: 'x', list: [{ number: 4242, cvc: null }], secret: { a: 1 }, number: '', note: 'sk_test_1234567890abcd' }));
    expect(JSON.parse(redactBody(body, 'application/json; charset=utf-8', SENSITIVE))).toEqual({ id: 'pi_1', client_secret: '…', list: [{ number: '…', cvc: null }], secret: '…', number: '', note: 'sk_test_…abcd' });
  });

  it('shows nothing of what it cannot read', () => {
    expect(redactBody('{"client_secret": "x', 'application/json', SENSITIVE)).toBe('(20 bytes of application/json)');
    expect(redactBody(new Uint8Array(7), 'multipart/form-data; boundary=x', SENSITIVE)).toBe('(7 bytes of multipart/form-data)');
    expect(redactBody('<html>secret', '', SENSITIVE)).toBe('(12 bytes of an unknown type)');
  });

  it('hides before it cuts, so that no half of a secret is left', () => {
    const long = JSON.stringify({ a: 'x'.repeat(16_370), b: 'sk_test_1234567890abcdefghijklmnopqrstuvwxyz' });
    const shown = redactBody(long, 'application/json', []);
    expect(shown).toContain(`… (${long.length} bytes)`);
    expect(shown).not.toContain('12345');
  });

  it('hides headers and values of a query', () => {
    expect(redactHeaders({ Authorization: 'Bearer abc', 'proxy-authorization': 'x', 'stripe-version': 'y', note: 'whsec_abcdefghijkl' }, SENSITIVE)).toEqual({ Authorization: '…', 'proxy-authorization': '…', 'stripe-version': 'y', note: 'whsec_…ijkl' });
    expect(redactUrl('https://a/v1/x?limit=1&client_secret=pi_1_x&expand[0]=data.customer', SENSITIVE)).toBe('https://a/v1/x?limit=1&client_secret=…&expand[0]=data.customer');
  });
});
