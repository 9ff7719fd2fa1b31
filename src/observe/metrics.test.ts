import { describe, expect, it } from 'vitest';
import type { ObservedEvent } from './events.ts';
import { createMetrics } from './metrics.ts';

const CONNECTION = 'projects/demo/locations/us-central1/connections/shop';

function transaction(more: Partial<Extract<ObservedEvent, { readonly kind: 'transaction' }>> = {}): ObservedEvent {
  return { kind: 'transaction', requestId: 'r', connection: CONNECTION, operation: 'GET', target: 'Customer', code: 'OK', reason: '', milliseconds: 3, ...more };
}

const noReadings = async () => ({});
const linesOf = async (text: Promise<string>, name: string): Promise<readonly string[]> => (await text).split('\n').filter((line) => line.startsWith(name));

describe('metrics', () => {
  it('count transactions and their time, and who limited them', async () => {
    const metrics = createMetrics({ readings: noReadings });
    metrics.observe(transaction());
    metrics.observe(transaction());
    metrics.observe(transaction({ code: 'RESOURCE_EXHAUSTED', reason: 'RATE_LIMIT_EXCEEDED' }));
    metrics.observe(transaction({ code: 'RESOURCE_EXHAUSTED', reason: 'BACKEND_RATE_LIMITED' }));
    metrics.observe(transaction({ code: 'RESOURCE_EXHAUSTED', reason: 'SCAN_LIMIT' }));
    expect(await linesOf(metrics.text(), 'konektor_connection_requests_total')).toEqual([
      `konektor_connection_requests_total{connection="${CONNECTION}",operation="GET",target="Customer",code="OK"} 2`,
      `konektor_connection_requests_total{connection="${CONNECTION}",operation="GET",target="Customer",code="RESOURCE_EXHAUSTED"} 3`,
    ]);
    expect(await linesOf(metrics.text(), 'konektor_connection_throttled_total')).toEqual([
      `konektor_connection_throttled_total{connection="${CONNECTION}",by="node"} 1`, `konektor_connection_throttled_total{connection="${CONNECTION}",by="source"} 1`,
    ]);
    expect(await linesOf(metrics.text(), 'konektor_connection_request_duration_seconds_count')).toEqual([expect.stringMatching(/ 5$/)]);
  });

  it('count calls to the source, failed ones, and repeated ones', async () => {
    const metrics = createMetrics({ readings: noReadings });
    const call = { method: 'POST', origin: 'https://api.stripe.com', connection: CONNECTION, milliseconds: 30, requestId: 'r' };
    metrics.observe({ kind: 'outboundFailure', ...call, attempt: 1, error: 'reset' });
    metrics.observe({ kind: 'outbound', ...call, attempt: 2, status: 503, sourceRequestId: undefined });
    metrics.observe({ kind: 'outbound', ...call, attempt: 3, status: 200, sourceRequestId: 'req_1' });
    const text = await metrics.text();
    for (const [status, count] of [['failed', 1], ['503', 1], ['200', 1]]) expect(text).toContain(`konektor_source_calls_total{connection="${CONNECTION}",method="POST",status="${status}"} ${count}`);
    expect(text).toContain(`konektor_source_retries_total{connection="${CONNECTION}",method="POST"} 2`);
    expect(text).not.toContain('req_1');
  });

  it('read gauges when asked, and show none that cannot be read', async () => {
    let pending: number | undefined = 3;
    const metrics = createMetrics({ readings: async () => (pending === undefined ? {} : { operationsPending: [{ labels: {}, value: pending }], state: [{ labels: { connection: CONNECTION, state: 'ACTIVE' }, value: 1 }] }) });
    expect(await linesOf(metrics.text(), 'konektor_operations_pending')).toEqual(['konektor_operations_pending 3']);
    expect(await linesOf(metrics.text(), 'konektor_connection_state')).toHaveLength(1);
    pending = undefined;
    expect(await linesOf(metrics.text(), 'konektor_operations_pending')).toEqual([]);
    expect(await linesOf(metrics.text(), 'konektor_connection_state')).toEqual([]);
  });

  it('forget a connection that is gone, and no other', async () => {
    const metrics = createMetrics({ readings: noReadings });
    for (const connection of [CONNECTION, `${CONNECTION}-2`]) {
      metrics.observe(transaction({ connection }));
      metrics.observe({ kind: 'outbound', method: 'GET', origin: 'o', connection, milliseconds: 30, requestId: 'r', attempt: 2, status: 200, sourceRequestId: undefined });
    }
    await metrics.forget(CONNECTION);
    const text = await metrics.text();
    expect(text).not.toContain(`"${CONNECTION}"`);
    expect(text.match(new RegExp(`"${CONNECTION}-2"`, 'g'))?.length).toBeGreaterThan(20);
  });
});
