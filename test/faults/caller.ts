// A caller who wants each write done once: sends it under a key of their own and repeats it under the same key until they know how
// it ended, or until the answer says that nobody does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { MortalServer, Reply } from './processes.ts';

export interface WriteRequest {
  readonly kind: string;
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** Ids of the rows that a write by a filter is to change; absent for a write of one. */
  readonly rows?: readonly string[];
  /** What stands in the path of the call to Stripe, for a write that has no key there. */
  readonly deletes?: string;
}

export interface WriteRecord {
  readonly key: string;
  readonly connection: string;
  readonly request: WriteRequest;
  ended: 'done' | 'declined' | 'unknown' | 'refused';
  /** The id that the answer named. */
  id: string;
  /** The server said that the outcome is not known: it must stand in the journal. */
  toldUnknown: boolean;
  tries: number;
  /** Of a refusal that was not to come. */
  why: string;
}

export interface Patience {
  readonly tryMs: number;
  readonly wholeMs: number;
  /** How many of a hundred tries are given up early. */
  readonly impatience: number;
}

/** After so many answers that Stripe keeps a failure under the key, it will not say anything else. */
const MOST_FAILURES = 2;

/** Does a write, as far as it can be done now. */
export async function write(server: MortalServer, record: WriteRecord, patience: Patience): Promise<void> {
  const end = Date.now() + patience.wholeMs;
  let failures = 0;
  for (let pause = 50; Date.now() < end; pause = Math.min(pause * 2, 500)) {
    record.tries += 1;
    const wait = Math.random() * 100 < patience.impatience ? 30 : patience.tryMs;
    const reply = await send(server, record, AbortSignal.timeout(wait));
    if (reply !== undefined) {
      if (settle(record, reply)) return;
      if (metadataOf(reply)['httpStatus'] === '500') failures += 1;
      if (failures >= MOST_FAILURES) break;
    }
    await sleep(pause * (0.5 + Math.random()));
  }
  record.ended = 'unknown';
}

async function send(server: MortalServer, { key, request }: WriteRecord, signal: AbortSignal): Promise<Reply | undefined> {
  try {
    return await server.call(request.method, request.path, request.body, { 'idempotency-key': key }, signal);
  } catch {
    return undefined;
  }
}

const metadataOf = ({ body }: Reply): Readonly<Record<string, string>> => body.error?.details[0]?.metadata ?? {};

/** Notes what an answer settles. @returns whether it does. */
export function settle(record: WriteRecord, reply: Reply): boolean {
  const { status, body } = reply;
  if (status === 200) {
    record.ended = 'done';
    const first = body.results?.[0];
    record.id = text(body.fields?.['Id']) ?? text(first?.['id']) ?? text(first?.['Id']) ?? '';
    const count = (body['response'] as { readonly count?: number } | undefined)?.count;
    if (record.request.rows !== undefined && count !== record.request.rows.length) {
      record.ended = 'refused';
      record.why = `${String(count)} rows were counted instead of ${record.request.rows.length}`;
    }
    return true;
  }
  const [detail] = body.error?.details ?? [];
  if (detail?.reason === 'CARD_DECLINED') {
    record.ended = 'declined';
    return true;
  }
  record.toldUnknown ||= metadataOf(reply)['outcome'] === 'unknown';
  if ([409, 429, 503, 504].includes(status)) return false;
  record.ended = 'refused';
  record.why = `${status} ${detail?.reason ?? ''} ${body.error?.message ?? ''}`;
  return true;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
