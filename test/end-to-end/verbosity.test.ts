// How much a connection asks to be told, on a server whose own log is quiet: what each level adds, and that it ends when it is no longer asked for.
import { describe, expect, it } from 'vitest';
import { DEMO, withServer, type RunningServer } from './running-server.ts';

let server: RunningServer;
withServer((started) => { server = started; }, { KONEKTOR_LOG_LEVEL: 'error' });

interface Line {
  readonly msg: string;
  readonly verbosity?: number;
  readonly [key: string]: unknown;
}

/** The lines that a call leaves behind; the last of those that are asked for is written after its answer. */
async function linesOf(work: () => Promise<unknown>, isAsked = true): Promise<readonly Line[]> {
  const before = server.output().length;
  await work();
  const lines = (): readonly Line[] => server.output().slice(before).split('\n').slice(0, -1).filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
  if (isAsked) await expect.poll(() => lines().map(({ msg }) => msg)).toContain('transaction');
  else await new Promise((later) => { setTimeout(later, 300); });
  return lines();
}

async function ask(level: string | undefined): Promise<void> {
  const configVariables = level === undefined ? [] : [{ key: 'verbosity', stringValue: level }];
  expect((await server.call('PATCH', `/v1/${DEMO}?updateMask=configVariables`, { configVariables })).status).toBe(200);
  await expect.poll(async () => (await server.call('GET', `/v1/${DEMO}`)).body.status.state).toBe('ACTIVE');
  // Lines come one behind the other: with those of this call all of the trial have come.
  if (level !== undefined) await linesOf(list);
}

const list = (): Promise<unknown> => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=3`);
const ADDED: Readonly<Record<string, readonly string[]>> = {
  1: ['transaction'],
  2: ['sourceRequest', 'sourceResponse'],
  3: ['sourceResponseBody'],
  4: [],
  5: ['sourceTimings'],
};

describe('verbosity', () => {
  it('that is not set leaves no line', async () => {
    expect(await linesOf(list, false)).toEqual([]);
  });

  it.each(['1', '2', '3', '4', '5'])('%s tells what it promises, of the connection and the request', async (level) => {
    await ask(level);
    const lines = await linesOf(list);
    const expected = Object.entries(ADDED).filter(([one]) => one <= level).flatMap(([, names]) => names);
    expect(new Set(lines.map(({ msg }) => msg).filter((msg) => !/^(connected|socketTimings|socketClosed)$/.test(msg)))).toEqual(new Set(expected));
    expect(new Set(lines.map(({ connection }) => connection))).toEqual(new Set([DEMO]));
    expect(lines.find(({ msg }) => msg === 'transaction')).toMatchObject({ verbosity: 1, operation: 'LIST', target: 'Customer', rows: 3, code: 'OK', started: expect.stringMatching(/Z$/), milliseconds: expect.any(Number) });
    if (level >= '2') expect(lines.find(({ msg }) => msg === 'sourceRequest')).toMatchObject({ method: 'GET', url: expect.stringContaining('/v1/customers?'), headers: { authorization: '…', 'stripe-version': expect.any(String) } });
    if (level >= '3') expect(lines.find(({ msg }) => msg === 'sourceResponseBody')?.['body']).toContain('"object":"list"');
    const requests = new Set(lines.filter(({ msg }) => msg !== 'socketClosed').map(({ requestId }) => requestId));
    expect(requests.size, 'all lines of a call carry its id').toBe(1);
  });

  it('tells why a call failed', async () => {
    const lines = await linesOf(() => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities/cus_none`));
    expect(lines.find(({ msg }) => msg === 'transaction')).toMatchObject({ code: 'NOT_FOUND', reason: 'ROW_NOT_FOUND', error: expect.stringContaining('cus_none') });
  });

  it('ends when it is no longer asked for', async () => {
    await ask(undefined);
    expect((await linesOf(list, false)).filter(({ msg }) => msg !== 'socketClosed')).toEqual([]);
  });
});
