import fc from 'fast-check';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { encodeForm, encodeMultipart, FileContent, type Parameters, type Value } from './form.ts';

/** What the SDK itself would send for these parameters. */
async function bodyOfSdk(parameters: Parameters): Promise<string> {
  let body = '';
  const stripe = new Stripe('sk_test_x', {
    httpClient: Stripe.createFetchHttpClient(async (_url: unknown, init?: { readonly body?: unknown }) => {
      body = typeof init?.body === 'string' ? init.body : '';
      return new Response('{}', { status: 200 });
    }),
    telemetry: false,
  });
  await stripe.rawRequest('POST', '/v1/customers', { ...parameters });
  return body;
}

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'grapheme' }), fc.constantFrom('a b', "it's", '(x)*!', '[k]', '%5B', 'ä&=?', ''), fc.integer(), fc.boolean(), fc.constant(null),
);
const key = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom('metadata', 'a[b]', "o'key", 'x.y')).filter((name) => name !== '__proto__');
const value = fc.letrec<{ any: Value }>((tie) => ({
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('any'), { maxLength: 4 }), fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true })),
})).any;
const parameters = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

describe('encodeForm', () => {
  it('writes what the SDK writes', async () => {
    await fc.assert(fc.asyncProperty(parameters, async (random) => {
      expect(encodeForm(random)).toBe(await bodyOfSdk(random));
    }), { numRuns: 1000 });
  });

  it('indexes arrays, unsets by nothing after "=", and leaves empty arrays out', () => {
    expect(encodeForm({ items: [{ price: 'p', quantity: 2 }], name: null, none: [], metadata: { 'a b': "x'y" } }))
      .toBe('items[0][price]=p&items[0][quantity]=2&name=&metadata[a%20b]=x%27y');
  });
});

describe('encodeMultipart', () => {
  it('can be read back, bytes and all', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { type, body } = encodeMultipart({ purpose: 'dispute_evidence', file_link_data: { create: true }, file: new FileContent(bytes, 'a"b\r\nX: y.png', 'image/png') });
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
    expect(form.get('purpose')).toBe('dispute_evidence');
    expect(form.get('file_link_data[create]')).toBe('true');
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('no file');
    expect([file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(['image/png', bytes]);
    expect(file.name).not.toContain('\n');
  });

  it('is the same to the byte when repeated', () => {
    const once = (): Uint8Array => encodeMultipart({ purpose: 'x', file: new FileContent(new Uint8Array([1, 2]), 'a', 'text/plain') }).body;
    expect(once()).toEqual(once());
  });
});
