import { expect, it } from 'vitest';
import { drawn } from './series.ts';

const figures = {
  process: 'p', keptSince: '2026-01-02T03:00:00.000Z', startTime: '2026-01-02T03:00:02.000Z', endTime: '2026-01-02T03:00:22.000Z', intervalSeconds: 5,
  intervals: [
    { startTime: '2026-01-02T03:00:10.000Z', calls: { NOT_FOUND: 1, OK: 2 }, latency: { p50: 1, p95: 2, p99: 3, most: 4 }, throttledCalls: 1, sourceCalls: { '2xx': 3 }, nodeCount: 3, waitingCalls: 7 },
    { startTime: '2026-01-02T03:00:20.000Z', calls: { OK: 1 }, throttledCalls: 0, sourceCalls: {} },
  ],
};

it('gives every interval its place', () => {
  const { moments, calls, latency, nodes, source, sums } = drawn(figures, 2);
  expect(moments.map((moment) => moment.toISOString().slice(17, 19))).toEqual(['05', '10', '15', '20']);
  expect(calls).toEqual([{ key: 'OK', data: [0, 2, 0, 1] }, { key: 'NOT_FOUND', data: [0, 1, 0, 0] }]);
  expect(latency[1]).toEqual({ key: 'p95', data: [null, 2, null, null] });
  expect(nodes).toEqual([{ key: 'nodeCount', data: [2, 3, 2, 2] }, { key: 'waiting', data: [0, 7, 0, 0] }]);
  expect(source).toEqual([{ key: '2xx', data: [0, 3, 0, 0] }]);
  expect(sums).toEqual({ calls: 4, errors: 1, throttled: 1, source: 3 });
});

it('draws no nodes where nothing limits', () => {
  expect(drawn({ ...figures, intervals: [] }, undefined).nodes).toEqual([]);
});
