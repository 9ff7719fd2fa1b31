// What an operation of the API is: one row that HTTP, the reference, the command line and tools all read. Rows say how a
// call looks and who may make it; what it does stands in `api-handlers/`.
import type { Static, TObject, TSchema } from 'typebox';

/** Resources whose names span several segments of a path. */
export const RESOURCE_PATTERNS = {
  location: 'projects/{project}/locations/{locationId}',
  connection: 'projects/{project}/locations/{locationId}/connections/{connectionId}',
  operation: 'projects/{project}/locations/{locationId}/operations/{operationId}',
} as const;

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

export interface ApiOperation<Path extends string = string, Query extends TObject = TObject, Body extends TSchema | undefined = TSchema | undefined> {
  /** `connections.create` */
  readonly id: string;
  readonly summary: string;
  /** `{connection}` stands for the whole resource name; a verb follows a colon. */
  readonly http: { readonly method: HttpMethod; readonly path: Path };
  readonly permission: string;
  readonly effect: 'read' | 'write' | 'destroy';
  readonly query: Query;
  readonly body: Body;
  readonly output: TSchema;
}

/** What a handler gets of a call: names from the path, the query, the body. */
export interface ApiInput<Operation extends ApiOperation> {
  readonly path: Readonly<Record<Operation extends ApiOperation<infer Path> ? NamesIn<Path> : never, string>>;
  readonly query: Readonly<Static<Operation['query']>>;
  readonly body: Operation['body'] extends TSchema ? Readonly<Static<Operation['body']>> : undefined;
}

/** Types a row by what it says. */
export function operation<const Path extends string, Query extends TObject, Body extends TSchema | undefined>(
  row: ApiOperation<Path, Query, Body>,
): ApiOperation<Path, Query, Body> {
  return row;
}
