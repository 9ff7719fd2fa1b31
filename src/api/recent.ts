// What can be seen of a connection over time (ours): figures and lines of its log, which the process that answers keeps in memory,
// and the states that it was in, which are stored.
import { Type } from 'typebox';
import { operation, streamingOperation } from './operation.ts';
import { AnyObject, Instant, nextPageToken, PageQuery } from './schema.ts';

const text = Type.Optional(Type.String());
const counts = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });
const milliseconds = (description: string) => Type.Number({ description });

/** Whose figures and lines these are. */
const keeper = {
  process: Type.String({ description: 'The process that answers: what others did is not in it.' }),
  keptSince: Type.String({ format: 'date-time', description: 'When that process began.' }),
};

const Latency = Type.Object({
  p50: milliseconds('In milliseconds, right to within a twentieth; as are p95 and p99.'), p95: Type.Number(), p99: Type.Number(), most: milliseconds('The longest.'),
}, { title: 'Latency' });

const Interval = Type.Object({
  startTime: Instant, calls: counts('Transactions by google.rpc code.'), latency: Type.Optional(Latency), throttledCalls: Type.Integer({ description: 'Those that a rate refused.' }),
  sourceCalls: counts('Attempts at the source by status: 2xx, 4xx, 429, 5xx, failed where no answer came.'), sourceLatency: Type.Optional(Latency),
  nodeCount: Type.Optional(Type.Integer({ description: 'Absent where nothing limits, or the connection was not in use.' })), waitingCalls: Type.Optional(Type.Integer({ description: 'The most that were seen waiting at once.' })),
}, { title: 'FiguresInterval' });

const Totals = Type.Object({
  connection: Type.String(), calls: Type.Integer({ description: 'Transactions.' }), errors: Type.Integer({ description: 'Those that did not end in OK.' }),
  throttledCalls: Type.Integer(), sourceCalls: Type.Integer({ description: 'Attempts at the source.' }),
}, { title: 'FiguresTotals' });

const State = Type.Object({
  time: Instant, state: Type.Enum(['CREATING', 'ACTIVE', 'INACTIVE', 'DELETING', 'UPDATING', 'ERROR', 'AUTHORIZATION_REQUIRED']), description: text,
  status: Type.Optional(Type.String({ description: 'The reason of an ERROR.' })), connectionRevision: Type.String(), operation: Type.Optional(Type.String({ description: 'The operation that led to it.' })),
}, { title: 'PastState' });

const Line = Type.Object({
  id: Type.String({ description: 'Grows from line to line.' }), time: Instant, severity: Type.Enum(['INFO', 'WARNING', 'ERROR']), verbosity: Type.Integer({ description: 'The level at which it is written, 1 to 5.' }),
  message: Type.String({ description: 'transaction, sourceRequest, …' }), requestId: text, facts: AnyObject,
}, { title: 'LogLine', description: 'A line as it stands in the log of the server, without secrets.' });

const lineQuery = {
  verbosity: Type.Optional(Type.Integer({ minimum: 1, maximum: 5, description: 'Lines of at most this level.' })),
  severity: Type.Optional(Type.Enum(['INFO', 'WARNING', 'ERROR'], { description: 'Lines of at least this.' })),
  search: Type.Optional(Type.String({ maxLength: 500, description: 'A text somewhere in the line, in any case.' })),
  requestId: Type.Optional(Type.String({ maxLength: 200, description: 'Lines of one call.' })),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$', description: 'Lines after the one with this id.' })),
};

export const recentOperations = {
  'connections.showFigures': operation({
    id: 'connections.showFigures', summary: 'Tells what went through a connection over the last quarter of an hour or day, interval by interval; those in which nothing happened are left out.',
    http: { method: 'GET', path: '/v1/{connection}:showFigures' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({ span: Type.Optional(Type.Enum(['LAST_15_MINUTES', 'LAST_DAY'], { description: 'LAST_15_MINUTES, in intervals of 5 seconds, unless set; LAST_DAY in those of a minute.' })) }), body: undefined,
    output: Type.Object({ ...keeper, startTime: Instant, endTime: Instant, intervalSeconds: Type.Integer(), intervals: Type.Array(Interval, { description: 'Oldest first.' }) }, { title: 'Figures' }),
  }),
  'connections.listFigures': operation({
    id: 'connections.listFigures', summary: 'Adds up what went through each connection of a location, or of all (`locations/-`), in the last five minutes; those without calls are left out.',
    http: { method: 'GET', path: '/v1/{location}/connections:showFigures' }, permission: 'connectors.connections.list', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: undefined, output: Type.Object({ ...keeper, seconds: Type.Integer(), connections: Type.Array(Totals) }, { title: 'FiguresOfConnections' }),
  }),
  'connections.listStates': operation({
    id: 'connections.listStates', summary: 'Lists the states that a connection was in, newest first; the last hundred are kept.',
    http: { method: 'GET', path: '/v1/{connection}:listStates' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: undefined, output: Type.Object({ states: Type.Array(State) }, { title: 'PastStates' }),
  }),
  'connections.readLog': operation({
    id: 'connections.readLog', summary: 'Reads the last lines of the log of a connection, newest first.',
    http: { method: 'GET', path: '/v1/{connection}:readLog' }, permission: 'konektor.logs.get', effect: 'read', audit: 'DATA_READ', service: 'connectors',
    query: Type.Object({ ...lineQuery, ...PageQuery }), body: undefined, output: Type.Object({ ...keeper, lines: Type.Array(Line), nextPageToken }, { title: 'LogPage' }),
  }),
  'connections.followLog': streamingOperation({
    id: 'connections.followLog', summary: 'Follows the log of a connection: batches of lines as they are written, beginning after the line named, or now; an empty one at least every 15 seconds.',
    http: { method: 'GET', path: '/v1/{connection}:followLog' }, permission: 'konektor.logs.get', effect: 'read', audit: 'DATA_READ', service: 'connectors',
    query: Type.Object(lineQuery), body: undefined, output: Type.Object({ ...keeper, lines: Type.Array(Line, { description: 'Oldest first.' }) }, { title: 'LogBatch' }),
  }),
} as const;
