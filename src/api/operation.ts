// What an operation of the API is: one row that HTTP, the reference, the command line and tools all read. Rows say how a
// call looks and who may make it; what it does stands in `api-handlers/`.
import type { Static, TObject, TSchema } from 'typebox';

/** Resources whose names span several segments of a path. */
export const RESOURCE_PATTERNS = {
  project: 'projects/{projectId}',
  location: 'projects/{projectId}/locations/{locationId}',
  connection: 'projects/{projectId}/locations/{locationId}/connections/{connectionId}',
  operation: 'projects/{projectId}/locations/{locationId}/operations/{operationId}',
  provider: 'projects/{projectId}/locations/{locationId}/providers/{providerId}',
  connector: 'projects/{projectId}/locations/{locationId}/providers/{providerId}/connectors/{connectorId}',
  connectorVersion: 'projects/{projectId}/locations/{locationId}/providers/{providerId}/connectors/{connectorId}/versions/{versionId}',
  secret: 'projects/{projectId}/secrets/{secretId}',
  secretVersion: 'projects/{projectId}/secrets/{secretId}/versions/{versionId}',
  service: 'projects/{projectId}/services/{serviceId}',
  serviceAccount: 'projects/{projectId}/serviceAccounts/{serviceAccountId}',
} as const;

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Services of the platform that a project may have disabled. */
export const SERVICES = { connectors: 'connectors.googleapis.com', secretmanager: 'secretmanager.googleapis.com' } as const;
export type ServiceName = keyof typeof SERVICES;

/** The platform's kinds of audit records. */
export type AuditKind = 'ADMIN_READ' | 'ADMIN_WRITE' | 'DATA_READ' | 'DATA_WRITE';

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

export interface ApiOperation<Path extends string = string, Query extends TObject = TObject, Body extends TSchema | undefined = TSchema | undefined, Output extends TSchema = TSchema> {
  /** `connections.create` */
  readonly id: string;
  readonly summary: string;
  /** `{connection}` stands for the whole resource name; a verb follows a colon. */
  readonly http: { readonly method: HttpMethod; readonly path: Path };
  /** Asked on the resource that the first name of the path stands for, and on its project; null lets every known caller pass. */
  readonly permission: string | null;
  readonly effect: 'read' | 'write' | 'destroy';
  /** What must be enabled in the project for the call to be served; absent for what a project cannot disable. */
  readonly service?: ServiceName;
  /** ADMIN_READ for reads and ADMIN_WRITE for everything else, unless the row says otherwise. */
  readonly audit?: AuditKind;
  /** It does what it does by calling other rows as its caller: those ask for their permissions and keep the records of what is changed. */
  readonly callsRows?: true;
  /** The handler gives an AsyncIterable of objects, sent as lines of JSON (application/x-ndjson). */
  readonly stream?: true;
  readonly query: Query;
  readonly body: Body;
  /** What a body looks like where `body` leaves it open, since the service that takes it reads it itself; for descriptions. */
  readonly bodyShape?: TSchema;
  readonly output: Output;
}

/** What a handler gets of a call: names from the path, the query, the body. */
export interface ApiInput<Operation extends ApiOperation> {
  readonly path: Readonly<Record<Operation extends ApiOperation<infer Path> ? NamesIn<Path> : never, string>>;
  readonly query: Readonly<Static<Operation['query']>>;
  readonly body: Operation['body'] extends TSchema ? Readonly<Static<Operation['body']>> : undefined;
}

/** Types a row by what it says. */
export function operation<const Path extends string, Query extends TObject, Body extends TSchema | undefined, Output extends TSchema>(
  row: ApiOperation<Path, Query, Body, Output>,
): ApiOperation<Path, Query, Body, Output> {
  return row;
}

/** Types a row whose handler gives a stream of objects. */
export function streamingOperation<const Path extends string, Query extends TObject, Output extends TSchema>(
  row: ApiOperation<Path, Query, undefined, Output>,
): ApiOperation<Path, Query, undefined, Output> & { readonly stream: true } {
  return { ...row, stream: true };
}
