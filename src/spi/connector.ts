// What a connector is: a pure half that describes and plans, and a session that does the I/O. A connector is handed its
// powers and makes none of its own; it knows nothing of proxies, throttles, storage, or who called.
import type { Catalog } from './catalog.ts';
import type { Filter, Scalar, Sort } from './filter.ts';
import type { ConnectorTemplate } from './template.ts';
import type { FoundOutcome, UnsettledWrite, WriteRequest, WriteTrace } from './writes.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Page {
  readonly rows: readonly Row[];
  /** Opaque; given back to `scan` to read on. Absent on the last page. */
  readonly next?: string;
}

export interface ListPlan {
  /** Read by the connector that made it and by nobody else; plain JSON. */
  readonly scan: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  /** What the scan has not settled: for `explain` and the scan budget. The engine applies the whole filter all the same. */
  readonly remaining: Filter;
  /** Rows arrive in the order that was asked for. */
  readonly ordered: boolean;
  /** How many calls to the source `explain` promises. */
  readonly calls: number | 'unbounded';
}

export interface ListRequest {
  readonly entity: string;
  readonly filter: Filter;
  readonly sort: readonly Sort[];
  readonly columns: readonly string[] | 'all';
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly template: ConnectorTemplate;
  readonly transactionsPerSecondPerNode: number;
  /** How long the source surely knows an idempotency key; 24 hours where absent. */
  readonly keysLastMs?: number;
}

export interface Connector<Config = unknown> {
  readonly manifest: Manifest;
  /** @throws a StatusError INVALID_ARGUMENT that lists every fault. */
  parseConfig(input: unknown): Config;
  describe(config: Config, key: { readonly livemode: boolean }): Catalog;
  planList(config: Config, list: ListRequest): ListPlan;
  /** Ranges of one plan that can be read side by side and together give exactly its rows. */
  split?(plan: ListPlan, parts: number): readonly ListPlan[];
  /** What is to be remembered of a write, before it is sent. Never throws: a payload that is wrong is refused by the session. */
  traceWrite?(config: Config, write: WriteRequest): WriteTrace;
  open(config: Config, context: SessionContext): Promise<Session>;
}

/** One open way to the source. Every method throws a StatusError and nothing else. */
export interface Session {
  check(call: Call): Promise<void>;
  scan(call: Call, entity: string, plan: ListPlan, page: { readonly cursor?: string; readonly size: number }): Promise<Page>;
  get(call: Call, entity: string, id: string): Promise<Row>;
  create(call: Call, entity: string, row: Row, write: WriteOptions): Promise<Row>;
  update(call: Call, entity: string, id: string, patch: Row, write: WriteOptions): Promise<Row>;
  delete(call: Call, entity: string, id: string, write: WriteOptions): Promise<void>;
  execute(call: Call, action: string, input: Row, write: WriteOptions): Promise<readonly Row[]>;
  /** Finds out, without changing anything, how writes ended whose answers were lost: one outcome for each, in order. */
  findOutcomes?(call: Call, writes: readonly UnsettledWrite[]): Promise<readonly FoundOutcome[]>;
  close(): Promise<void>;
}

export interface Call {
  readonly signal: AbortSignal;
  readonly deadline: Date;
  readonly requestId: string;
  readonly caller: string;
  /** How action rows are given: `text` as the specification prints them, `typed` as native JSON. */
  readonly output: 'text' | 'typed';
}

export interface WriteOptions {
  readonly idempotencyKey: string;
  /** An attempt before this one, under the same key, may have had its effect. */
  readonly again?: boolean;
}

/** What the engine and its observers need to know of a call to the source, without knowing the source. */
export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits: readonly { readonly scope: string; readonly perSecond: number }[];
  /** Sending it twice has the effect of sending it once. */
  readonly idempotent: boolean;
  /** Keys whose values no log may show. */
  readonly sensitive: readonly string[];
  readonly signal?: AbortSignal;
  readonly deadline?: Date;
  /** The call that this is sent for, so that what is observed can be told of it. */
  readonly requestId?: string;
  classify(reply: OutboundResponse): 'done' | 'retry' | 'unknown';
  /** The scopes among `limits` of which a reply says that they were exceeded. */
  exceeds?(reply: OutboundResponse): readonly string[];
}

export interface OutboundResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The connection ended before the body did; what came of it is in `body`. */
  readonly cutShort?: true;
  /** Set where an attempt before the one that this answers may have had its effect. */
  readonly outcomeBefore?: 'unknown';
}

export interface SessionContext {
  /** Already proxied, shaped, timed and observed. */
  readonly send: (request: OutboundRequest) => Promise<OutboundResponse>;
  /** The value of a secret version, resolved at the moment of use. */
  readonly secret: (version: string) => Promise<string>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}
