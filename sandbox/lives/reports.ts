// Report runs: a run of a report that can be made from the balance transactions ends at once, with its file; others stay pending.
// It must not know how money came to move.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import type { Life } from '../generic.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';

const RUNS = '/v1/reporting/report_runs';
const FILES = '/v1/files';

type Writer = (call: Call, from: number, to: number) => string;

/** What the balance was, what came and went, and what it is, by currency. */
function balanceSummary(call: Call, from: number, to: number): string {
  const sums = new Map<string, Record<'start' | 'activity' | 'payouts', number>>();
  for (const row of call.transaction.rows('/v1/balance_transactions')) {
    const at = number(row, 'created') ?? 0;
    if (at >= to) continue;
    const currency = text(row, 'currency') ?? 'usd';
    const known = sums.get(currency) ?? { start: 0, activity: 0, payouts: 0 };
    known[at < from ? 'start' : row['type'] === 'payout' ? 'payouts' : 'activity'] += number(row, 'net') ?? 0;
    sums.set(currency, known);
  }
  const lines = [...sums].flatMap(([currency, { start, activity, payouts }]) => [
    ['starting_balance', 'Starting balance', start, currency], ['activity', 'Balance change from activity', activity, currency],
    ['payouts', 'Payouts', payouts, currency], ['ending_balance', 'Ending balance', start + activity + payouts, currency],
  ]);
  return ['category,description,net_amount,currency', ...lines.map((line) => line.join(','))].map((line) => `${line}\n`).join('');
}

const WRITERS: Readonly<Record<string, Writer>> = { 'balance.summary.1': balanceSummary };

function fileOf(call: Call, name: string, content: string): JsonObject {
  const row = makeRow(call, 'file', {});
  const id = idOf(row);
  return Object.assign(row, {
    filename: name, purpose: 'finance_report_run', size: Buffer.byteLength(content), title: `FileUpload ${name}`, type: 'csv', expires_at: null,
    url: `https://files.stripe.com/v1/files/${id}/contents`, links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
    _data: Buffer.from(content).toString('base64'),
  });
}

/** A run of a report. */
export const reportRunLife: Life = {
  created: (call, row) => {
    const write = WRITERS[text(row, 'report_type') ?? ''];
    if (write === undefined) return;
    const parameters = object(call.params, 'parameters');
    const file = fileOf(call, `${idOf(row)}-${randomLetters(6)}.csv`, write(call, number(parameters, 'interval_start') ?? 0, number(parameters, 'interval_end') ?? call.now));
    call.transaction.insert(FILES, file);
    Object.assign(row, { status: 'succeeded', succeeded_at: call.now, result: clone(withoutHidden(file)) });
    emit(call, 'reporting.report_run.succeeded', { collection: RUNS, key: idOf(row) });
  },
};
