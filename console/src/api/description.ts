// The API as the server describes it: an OpenAPI document, for which nobody needs to be signed in.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Reference {
  readonly $ref: string;
}

export interface Content {
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string }>>;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Answer | Reference>>;
  readonly security?: readonly object[];
  readonly 'x-konektor-permission'?: string | null;
  readonly 'x-konektor-effect'?: 'read' | 'write' | 'destroy';
  readonly 'x-konektor-service'?: string;
  readonly 'x-konektor-served'?: false;
}

export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly summary: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

export const descriptionQuery = queryOptions({
  queryKey: ['description'], staleTime: Infinity,
  queryFn: ({ signal }) => call<Description>('/openapi.json', { signal }),
});
