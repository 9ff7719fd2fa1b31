// One run: callers write through a server that dies again and again, to a source that fails in every way; then what is not known is
// reconciled, and everything is compared.
import { setTimeout as sleep } from 'node:timers/promises';
import { settle, write, type Patience, type WriteRecord } from './caller.ts';
import type { FaultySandbox, MortalServer } from './processes.ts';
import { STORIES, StoryOver, writesOf, type Scene } from './stories.ts';
import { countWrites, verify, type Effect, type Verdict } from './verify.ts';

export interface RunOptions {
  readonly writes: number;
  readonly callers: number;
  readonly connections: number;
  /** When the server dies: some time after it was ready, or when so many writes were begun. */
  readonly death: { readonly afterMs: readonly [least: number, most: number] } | { readonly atWrites: readonly number[] };
  readonly faults: readonly Readonly<Record<string, unknown>>[];
  readonly patience: Patience;
  /** Before what is not known is asked about: requests may still be at work until then. */
  readonly graceMs: number;
  readonly progress: (done: number, all: number, kills: number) => void;
}

export interface RunReport extends Verdict {
  readonly writes: number;
  readonly acknowledged: number;
  readonly declined: number;
  readonly tries: number;
  readonly kills: number;
  readonly seconds: number;
  /** Requests of callers that ended in not knowing. */
  readonly unknown: number;
  /** Writes that the journal had open at the end, with what became of them. */
  readonly reconciled: Readonly<Record<string, number>>;
  /** What was still not known at the very end, or was not in the journal when it had to be. */
  readonly unsettled: readonly string[];
  /** How often each fault struck. */
  readonly struck: Readonly<Record<string, number>>;
  readonly requests: number;
}

const LOCATION = 'projects/demo/locations/us-central1';
const accountOf = (index: number): string => `acct_1Faults${String(index).padStart(4, '0')}`;

interface Place {
  readonly connection: string;
  readonly account: string;
  readonly customer: string;
  readonly price: string;
  readonly prepared: ReadonlySet<string>;
}

export async function run(server: MortalServer, sandbox: FaultySandbox, options: RunOptions): Promise<RunReport> {
  const places = await Promise.all(Array.from({ length: options.connections }, (_, index) => prepare(server, sandbox, index)));
  const records: WriteRecord[] = [];
  const started = performance.now();
  let begun = 0;
  const finished = new AbortController();
  await sandbox.ask('POST', 'faults', { faults: options.faults });

  const caller = async (number: number): Promise<void> => {
    const place = places[number % places.length];
    if (place === undefined) return;
    for (let story = 0; begun < options.writes; story += 1) {
      const scene: Scene = {
        ...place, tag: `c${number}s${story}x${Math.random().toString(36).slice(2, 8)}`,
        async do(request) {
          const record: WriteRecord = { key: `c${number}-s${story}-${records.length}`, connection: place.connection, request, ended: 'unknown', id: '', toldUnknown: false, tries: 0, why: '' };
          records.push(record);
          begun += writesOf(request);
          await write(server, record, options.patience);
          options.progress(Math.min(begun, options.writes), options.writes, server.kills());
          if (record.ended !== 'done') throw new StoryOver();
          return record;
        },
      };
      await (STORIES[(number + story) % STORIES.length] ?? STORIES[0])?.(scene).catch((error: unknown) => {
        if (!(error instanceof StoryOver)) throw error;
      });
    }
  };
  const reaper = async (): Promise<void> => {
    const wait = (milliseconds: number): Promise<void> => sleep(milliseconds, undefined, { signal: finished.signal }).catch(() => undefined);
    const { death } = options;
    while (!finished.signal.aborted) {
      if ('afterMs' in death) {
        const [least, most] = death.afterMs;
        await wait(least + Math.random() * (most - least));
      } else {
        const isDue = (): boolean => begun >= (death.atWrites[server.kills()] ?? Infinity);
        while (!finished.signal.aborted && !isDue()) await wait(20);
      }
      if (!finished.signal.aborted) await server.killAndStart();
    }
  };
  const reaping = reaper();
  await Promise.all(Array.from({ length: options.callers }, (_, number) => caller(number)));
  finished.abort();
  await reaping;
  const seconds = (performance.now() - started) / 1_000;
  await sandbox.ask('DELETE', 'faults');
  const { struck, requests } = await struckBy(sandbox);

  // Whatever hangs in the last server goes with it.
  await server.killAndStart();
  const open = records.filter(({ ended }) => ended === 'unknown');
  const unsettled = await notInJournal(server, open);
  await sleep(options.graceMs);
  const reconciled = await reconcile(server, places);
  for (const record of open) if (!settle(record, await again(server, record))) unsettled.push(`${record.request.kind} under ${record.key} is not settled: ${record.why}`);
  for (const place of places) {
    for (const one of await listed(server, place.connection, 'state = UNKNOWN OR state = UNDER_WAY')) unsettled.push(`${String(one['target'])} under ${String(one['idempotencyKey'])} is ${String(one['state'])}: ${String(one['note'])}`);
  }

  const verdicts = await Promise.all(places.map(async ({ connection, account, prepared }) => {
    const { effects } = await sandbox.ask('GET', `effects?account=${account}`);
    return verify(records.filter((record) => record.connection === connection), effects as readonly Effect[], prepared);
  }));
  const all = (pick: (verdict: Verdict) => readonly string[]): readonly string[] => verdicts.flatMap(pick);
  return {
    writes: countWrites(records), acknowledged: countWrites(records.filter(({ ended }) => ended === 'done')), declined: records.filter(({ ended }) => ended === 'declined').length,
    tries: records.reduce((sum, { tries }) => sum + tries, 0), kills: server.kills(), seconds, unknown: open.length, reconciled, unsettled, struck, requests,
    effects: verdicts.reduce((sum, { effects }) => sum + effects, 0),
    missing: all(({ missing }) => missing), twice: all(({ twice }) => twice), unaccounted: all(({ unaccounted }) => unaccounted), refused: all(({ refused }) => refused),
  };
}

/** A connection to an account of its own, with what stories need. */
async function prepare(server: MortalServer, sandbox: FaultySandbox, index: number): Promise<Place> {
  const account = accountOf(index);
  const connection = `${LOCATION}/connections/faults-${index}`;
  const begun = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=faults-${index}`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: 'connections@demo.iam.gserviceaccount.com',
    configVariables: [{ key: 'account_id', stringValue: account }],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: sandbox.port }] }],
  });
  while ((await server.call('GET', `/v1/${String(begun.body['name'])}`)).body['done'] !== true) await sleep(20);
  const make = async (entity: string, fields: object): Promise<string> => {
    const { status, body } = await server.call('POST', `/v2/${connection}/entityTypes/${entity}/entities`, { fields });
    if (status !== 200) throw new Error(`${entity} could not be made: ${JSON.stringify(body)}`);
    return String(body.fields?.['Id']);
  };
  const product = await make('Product', { Name: 'Konsultasi' });
  const price = await make('Price', { Product: product, Currency: 'usd', UnitAmount: 12_000 });
  const customer = await make('Customer', { Name: 'Jenny' });
  const { effects } = await sandbox.ask('GET', `effects?account=${account}`);
  return { connection, account, price, customer, prepared: new Set((effects as readonly Effect[]).map(({ idempotency_key: key }) => key ?? '')) };
}

const tokenIn = (token: unknown): string => (typeof token === 'string' ? token : '');

type Item = Readonly<Record<string, unknown>>;

async function listed(server: MortalServer, connection: string, filter: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let pageToken = '';
  do {
    const { status, body } = await server.call('GET', `/v1/${connection}/writes?pageSize=1000&filter=${encodeURIComponent(filter)}&pageToken=${encodeURIComponent(pageToken)}`);
    if (status !== 200) throw new Error(`the journal could not be listed: ${JSON.stringify(body)}`);
    items.push(...(body['writes'] as readonly Item[]));
    pageToken = tokenIn(body['nextPageToken']);
  } while (pageToken !== '');
  return items;
}

/** Writes of which the server said that their outcome is not known, and which its journal does not have. */
async function notInJournal(server: MortalServer, open: readonly WriteRecord[]): Promise<string[]> {
  const absent: string[] = [];
  for (const { key, connection, request } of open.filter(({ toldUnknown }) => toldUnknown)) {
    const found = await listed(server, connection, `idempotencyKey = "${key}"`);
    if (found.length === 0) absent.push(`${request.kind} under ${key} was told to be not known, and is not in the journal`);
  }
  return absent;
}

/** Asks about everything that is not known, page by page. @returns how many ended in which state. */
async function reconcile(server: MortalServer, places: readonly Place[]): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { connection } of places) {
    let pageToken = '';
    do {
      const { status, body } = await server.call('POST', `/v1/${connection}/writes:reconcile`, pageToken === '' ? {} : { pageToken });
      if (status !== 200) throw new Error(`the journal could not be reconciled: ${JSON.stringify(body)}`);
      for (const { write: one } of body['results'] as readonly { readonly write: Item }[]) counts[String(one['state'])] = (counts[String(one['state'])] ?? 0) + 1;
      pageToken = tokenIn(body['nextPageToken']);
    } while (pageToken !== '');
  }
  return counts;
}

function again(server: MortalServer, { key, request }: WriteRecord): ReturnType<MortalServer['call']> {
  return server.call(request.method, request.path, request.body, { 'idempotency-key': key });
}

/** How often each fault struck, as the sandbox noted. */
async function struckBy(sandbox: FaultySandbox): Promise<{ readonly struck: Readonly<Record<string, number>>; readonly requests: number }> {
  const { total, requests } = await sandbox.ask('GET', 'requests');
  const struck: Record<string, number> = {};
  for (const { fault } of requests as readonly { readonly fault?: string }[]) if (fault !== undefined) struck[fault] = (struck[fault] ?? 0) + 1;
  return { struck, requests: Number(total) };
}
