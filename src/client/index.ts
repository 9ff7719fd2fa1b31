// What a program imports that calls a server: `konektor/client`. Nothing that this leads to loads a package or a part of Node.
export { StatusError as KonektorError, type FieldViolation, type StatusJson } from '../errors/status-error.ts';
export type { Code } from '../errors/codes.ts';
export type { Reason } from '../errors/reasons.ts';
export type { RowCallOptions, RowId, RowInput, RowOutput, StreamId } from '../api/row-caller.ts';
export { AnsweredError } from './answered-error.ts';
export type { ApiClient, CallOptions } from './api-client.ts';
export { createClient, type Client, type ClientOptions } from './client.ts';
export type { ActionClient, ConnectionClient, TaskInput } from './connection-client.ts';
export type { ActionName, ActionTypes, AnyConnector, ColumnOf, ConnectorTypes, CreatedOf, CreateOf, EntityName, EntityTypes, InputOf, ResultOf, RowOf, UpdateOf } from './connector-types.ts';
export type { EntityClient, FilterOf, ListOptions, ReadOptions, WriteOptions } from './entity-client.ts';
export type { Listing, RowPage } from './listing.ts';
export { everyItem, everyPage, type ItemsOf, type ListId } from './pages.ts';
export type { StreamInput, StreamOutput } from './row-client.ts';
export type { ServerOptions } from './server-link.ts';
export type { Stripe, StripeActions, StripeEntities } from './stripe.generated.ts';
export type { Decimal, FileInput, Json, JsonObject, NestedList, Open, Time } from './values.ts';
export { where, type AllOf, type ColumnTest, type Where } from './where.ts';
