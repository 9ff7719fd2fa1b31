import { describe, expect, it } from 'vitest';
import { textRow } from './action-output.ts';
import { SPECIAL } from './special.ts';

const nothing = async (): Promise<undefined> => undefined;

describe('textRow', () => {
  it('puts Success, id and object first and the rest in order, joined by dots', () => {
    const row = textRow({
      status: 'ok', object: 'thing', id: 't_1', amount: 33000, livemode: false, metadata: {}, list: { has_more: false, data: [] }, list_of: null,
      options: { card: { installments: null }, b: 1.5 }, types: ['card'], nothing: null,
    });
    expect(Object.entries(row)).toEqual([
      ['Success', 'true'], ['id', 't_1'], ['object', 'thing'], ['amount', '33000'], ['list.data', null], ['list.has_more', 'false'], ['list_of', null],
      ['livemode', 'false'], ['nothing', null], ['options.b', '1.5'], ['options.card.installments', null], ['status', 'ok'], ['types', null],
    ]);
  });
});

describe('the keys of older versions', () => {
  it('are added where they are missing, and only there', async () => {
    expect(await SPECIAL.legacyOfPaymentIntent({ id: 'pi_1', invoice: 'in_1' }, nothing)).toEqual({ id: 'pi_1', invoice: 'in_1', level3: null });
    const old = { id: 'in_1', paid: false, status: 'open', paid_out_of_band: true, charge: 'ch_1', payment_intent: 'pi_1', lines: { data: [], has_more: false, total_count: 7 } };
    expect(await SPECIAL.legacyOfInvoice(old, nothing)).toEqual(old);
  });

  it('say how an invoice was paid', async () => {
    const payments = { data: [{ status: 'open', is_default: true, payment: { payment_intent: 'pi_0' } }, { status: 'paid', payment: { payment_intent: { id: 'pi_1', latest_charge: 'ch_1' } } }] };
    const invoice = { id: 'in_1', status: 'paid', total: 5, amount_paid_off_stripe: 0, payments, lines: { data: [{}, {}], has_more: false } };
    expect(await SPECIAL.legacyOfInvoice(invoice, nothing)).toMatchObject({ paid: true, paid_out_of_band: false, payment_intent: 'pi_1', charge: 'ch_1', lines: { total_count: 2 } });
    expect(await SPECIAL.legacyOfInvoice({ ...invoice, payments: { data: [] }, amount_paid_off_stripe: 5 }, nothing)).toMatchObject({ paid_out_of_band: true, payment_intent: null, charge: null });
  });
});
