// The parts of an OpenAPI 3.1 document that the API is described with. Schemas are JSON Schema, and open.

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Reference {
  readonly $ref: string;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface MediaObject {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface HeaderObject {
  readonly description: string;
  readonly schema: JsonSchema;
}

export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
  readonly content?: Readonly<Record<string, MediaObject>>;
}

export interface RequestBodyObject {
  readonly description?: string;
  readonly required: boolean;
  readonly content: Readonly<Record<string, MediaObject>>;
}

export interface OperationObject {
  /** The id of a row of the API table. */
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: RequestBodyObject;
  /** By HTTP status. */
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-konektor-permission'?: string | null;
  readonly 'x-konektor-effect'?: 'read' | 'write' | 'destroy';
  /** What must be enabled in the project. */
  readonly 'x-konektor-service'?: string;
  /** false: it answers 501, and its description says why. */
  readonly 'x-konektor-served'?: false;
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type PathMethod = (typeof METHODS)[number];
export type PathItem = Readonly<Partial<Record<PathMethod, OperationObject>>>;

export interface TagObject {
  readonly name: string;
  readonly description: string;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly summary: string; readonly description: string; readonly license: { readonly name: string; readonly identifier: string } };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly TagObject[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

/** Every operation of a document with where it stands. */
export function operationsOf({ paths }: Pick<OpenApiDocument, 'paths'>): readonly { readonly path: string; readonly method: PathMethod; readonly operation: OperationObject }[] {
  return Object.entries(paths).flatMap(([path, item]) => METHODS.flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, operation }];
  }));
}
