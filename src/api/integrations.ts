// The Connectors task over HTTP: the one integration that this server has, which runs an operation of a connection from a
// flat set of inputs. In v2 the inputs are the body; in v1 they are named values of the platform's types.
import { Type, type Static } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject } from './schema.ts';

/** The integration, and the trigger that it is called by. */
export const INTEGRATION = 'ExecuteConnection';
export const TRIGGER = `api_trigger/${INTEGRATION}`;

export const TASK_OPERATIONS = ['LIST_ENTITIES', 'GET_ENTITY', 'CREATE_ENTITY', 'UPDATE_ENTITY', 'DELETE_ENTITY', 'EXECUTE_ACTION', 'EXECUTE_QUERY'] as const;
export type TaskOperationName = (typeof TASK_OPERATIONS)[number];

/** Clients send null and nothing for an input that they leave open. */
const text = (maxLength: number, description: string) => Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength, description }));
const whole = (maximum: number, description: string) => Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0, maximum, description }));
const object = (description: string) => Type.Optional(Type.Unsafe<Readonly<Record<string, unknown>> | null>({ type: ['object', 'null'], description }));

export const TaskInputs = Type.Object({
  operation: Type.Optional(Type.Unsafe<TaskOperationName | null>({ enum: [...TASK_OPERATIONS, null], description: 'LIST_ENTITIES where absent.' })),
  connectionName: text(1_024, 'projects/…/locations/…/connections/…, or the id of a connection of the location.'),
  serviceName: text(1_024, 'Where the platform finds the runtime of the connection; not needed here.'),
  host: text(1_024, 'Where the platform finds the runtime of the connection; not needed here.'),
  entity: text(255, 'The entity type: Customer.'),
  entityId: text(1_024, 'The id of the row that is got, updated or deleted.'),
  action: text(255, 'The action: AcceptQuote.'),
  connectorInputPayload: object('Columns of the row that is created or updated; parameters of the action.'),
  filterClause: text(65_536, 'Which rows are listed, updated or deleted: Email = \'jenny@example.com\'.'),
  pageSize: whole(2_147_483_647, 'Rows of a page; 50 where absent or 0.'),
  pageToken: text(8_192, 'nextPageToken of the page before.'),
  sortByColumns: Type.Optional(Type.Unsafe<readonly string[] | null>({ type: ['array', 'null'], items: { type: 'string', maxLength: 255 }, maxItems: 100, description: 'One column at most: Created, or Created desc.' })),
  query: text(65_536, 'The text of EXECUTE_QUERY.'),
  timeout: whole(2_147_483_647, 'Seconds that the operation may take; 120 where absent or 0, 180 at most.'),
  dynamicAuthConfig: object('Credentials for this call alone, which connections of this server do not take.'),
}, { additionalProperties: false });
export type TaskInputs = Readonly<Static<typeof TaskInputs>>;
export type TaskInputName = keyof TaskInputs;

export const TaskOutput = Type.Object({
  connectorOutputPayload: Type.Union([Type.Array(AnyObject), AnyObject], { description: 'Rows of a list and of an action as an array, one row as an object; an empty object where there is nothing to tell.' }),
  nextPageToken: Type.String({ description: 'Empty on the last page.' }),
});
export type TaskOutput = Readonly<Static<typeof TaskOutput>>;

export const integrationOperations = {
  'integrations.execute': operation({
    id: 'integrations.execute', summary: 'Runs the Connectors task: an operation of a connection from flat inputs.',
    http: { method: 'POST', path: '/v2/{location}/integrations/{integration}:execute' }, permission: null, effect: 'write', audit: 'DATA_WRITE', callsRows: true,
    query: Type.Object({ triggerId: Type.String({ maxLength: 255, description: `${TRIGGER}.` }) }),
    body: TaskInputs, output: TaskOutput,
  }),
  'integrations.executeWithParameters': operation({
    id: 'integrations.executeWithParameters', summary: 'Runs the Connectors task from named values, and tells how its execution ended.',
    http: { method: 'POST', path: '/v1/{location}/integrations/{integration}:execute' }, permission: null, effect: 'write', audit: 'DATA_WRITE', callsRows: true,
    query: Type.Object({}),
    body: Type.Object({
      triggerId: Type.String({ maxLength: 255, description: `${TRIGGER}.` }),
      inputParameters: Type.Optional(Type.Record(Type.String(), AnyObject, { description: 'The inputs of the task, each as {"stringValue":…}, {"intValue":…}, {"doubleValue":…}, {"booleanValue":…}, {"jsonValue":"…"} or {"stringArray":{"stringValues":[…]}}.' })),
      requestId: Type.Optional(Type.String({ maxLength: 36, pattern: '^[A-Za-z0-9-]*$', description: 'The same request under the same id is done once: it is the Idempotency-Key of a write.' })),
      doNotPropagateError: Type.Optional(Type.Boolean({ description: 'Tells an error in the answer instead of answering with it.' })),
    }, { additionalProperties: false }),
    output: Type.Object({
      executionId: Type.String(), executionFailed: Type.Boolean(), outputParameters: Type.Optional(AnyObject),
      eventParameters: Type.Optional(Type.Object({ parameters: Type.Array(Type.Object({ key: Type.String(), dataType: Type.String(), value: AnyObject })) })),
    }),
  }),
} as const;
