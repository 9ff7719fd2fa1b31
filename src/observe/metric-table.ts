// Every metric once: its name, kind, labels and what it tells. docs/reference/metrics.md is made from this table. Labels hold
// names that an administrator or the catalogue gave, codes and states: never an id, a value or a text that a caller chose.

interface MetricRow {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

export const METRICS = {
  apiRequests: {
    name: 'konektor_api_requests_total', kind: 'counter', labels: ['row', 'code'],
    help: 'Calls of the HTTP API by row of its table (none: a path that is in no row) and google.rpc code.',
  },
  apiSeconds: {
    name: 'konektor_api_request_duration_seconds', kind: 'histogram', labels: ['row'],
    help: 'Time from the arrival of a call to its answer.',
  },
  requests: {
    name: 'konektor_connection_requests_total', kind: 'counter', labels: ['connection', 'operation', 'target', 'code'],
    help: 'Transactions through a connection by operation (LIST, GET, CREATE, UPDATE, DELETE, EXECUTE), entity type or action, and google.rpc code.',
  },
  requestSeconds: {
    name: 'konektor_connection_request_duration_seconds', kind: 'histogram', labels: ['connection', 'operation'],
    help: 'Time that transactions through a connection took, waiting for their turn included.',
  },
  throttled: {
    name: 'konektor_connection_throttled_total', kind: 'counter', labels: ['connection', 'by'],
    help: 'Transactions that ended in RESOURCE_EXHAUSTED, by who limited them: node (the rate of the connection) or source (Stripe, or the rate of calls to it).',
  },
  state: {
    name: 'konektor_connection_state', kind: 'gauge', labels: ['connection', 'state'],
    help: '1 for the state that a connection is in.',
  },
  status: {
    name: 'konektor_connection_status', kind: 'gauge', labels: ['connection', 'reason'],
    help: '1 where calls through a connection are served, 0 where not; reason tells what its last trial failed by.',
  },
  nodeLimit: {
    name: 'konektor_connection_node_limit', kind: 'gauge', labels: ['connection', 'bound'],
    help: 'The nodes between which a connection scales: bound is min or max.',
  },
  nodes: {
    name: 'konektor_connection_nodes', kind: 'gauge', labels: ['connection'],
    help: 'The nodes that a connection has now; told of connections that were called lately.',
  },
  queue: {
    name: 'konektor_connection_queue', kind: 'gauge', labels: ['connection'],
    help: 'Transactions of a connection that wait their turn in this process.',
  },
  queueSeconds: {
    name: 'konektor_connection_queue_duration_seconds', kind: 'histogram', labels: ['connection'],
    help: 'Time that transactions waited their turn, of those that had to and were let through.',
  },
  sourceCalls: {
    name: 'konektor_source_calls_total', kind: 'counter', labels: ['connection', 'method', 'status'],
    help: 'Calls to the source (Stripe), each attempt counted, by HTTP status; failed where no answer came.',
  },
  sourceSeconds: {
    name: 'konektor_source_call_duration_seconds', kind: 'histogram', labels: ['connection', 'method'],
    help: 'Time that one attempt of a call to the source took.',
  },
  sourceWait: {
    name: 'konektor_source_wait_duration_seconds', kind: 'histogram', labels: ['connection'],
    help: 'Time that calls to the source waited before they left, of those that had to, so that its limits are kept.',
  },
  sourceQueue: {
    name: 'konektor_source_queue', kind: 'gauge', labels: [],
    help: 'Calls to the source that wait for its limits in this process.',
  },
  sourceRetries: {
    name: 'konektor_source_retries_total', kind: 'counter', labels: ['connection', 'method'],
    help: 'Attempts that repeated one before.',
  },
  writes: {
    name: 'konektor_connection_writes_total', kind: 'counter', labels: ['connection', 'outcome'],
    help: 'Writes through the journal by how they ended: unknown ones are settled later, replayed ones were answered from the journal.',
  },
  writesReconciled: {
    name: 'konektor_connection_writes_reconciled_total', kind: 'counter', labels: ['connection', 'outcome'],
    help: 'Writes of unknown outcome that were looked up, by what was found.',
  },
  writesUnsettled: {
    name: 'konektor_connection_writes_unsettled', kind: 'gauge', labels: ['connection', 'state'],
    help: 'Writes in the journal that are under way (UNDER_WAY) or of unknown outcome (UNKNOWN).',
  },
  operationsPending: {
    name: 'konektor_operations_pending', kind: 'gauge', labels: [],
    help: 'Long-running operations that are not done, waiting ones and running ones.',
  },
  faults: {
    name: 'konektor_faults_total', kind: 'counter', labels: [],
    help: 'Faults of the server itself; each stands in its log.',
  },
  build: {
    name: 'konektor_build_info', kind: 'gauge', labels: ['version', 'node', 'database'],
    help: '1; the version of the server, of Node.js, and the kind of its database.',
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;
