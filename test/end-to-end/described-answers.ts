// Holds what a server answers against its own description, strictly: a member that the description does not know is a fault,
// and so is a status that it does not name.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { operationsOf, type OpenApiDocument, type OperationObject } from '../../src/api/openapi-model.ts';

export interface AnswerBook {
  /** Looks at an answer. @returns what is wrong with it: nothing is what is wanted. */
  check(method: string, url: string, answer: { readonly status: number; readonly type: string; readonly text: string }): readonly string[];
  /** Operations that answered well at least once. */
  readonly seen: ReadonlySet<string>;
}

export function createAnswerBook(document: OpenApiDocument): AnswerBook {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/ } });
  ajv.addSchema(closed(document) as object, 'api');
  const compiled = new Map<string, ValidateFunction>();
  const routes = operationsOf(document).map(({ path, method, operation }) => ({
    path, method, operation,
    form: new RegExp(`^${path.replace(/[.:]/g, '\\$&').replace(/\{(\w+)\}/g, (_whole, name: string) => (name === 'entity' ? '.+' : '[^/:]+'))}$`),
  }));
  const seen = new Set<string>();

  function validatorAt(pointer: readonly string[]): ValidateFunction {
    const at = pointer.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const known = compiled.get(at) ?? ajv.compile({ $ref: `api#/${at}` });
    compiled.set(at, known);
    return known;
  }

  return {
    seen,
    check(method, url, { status, type, text }) {
      const path = new URL(url, 'http://server').pathname;
      const route = routes.find((one) => one.method === method.toLowerCase() && one.form.test(path));
      if (route === undefined) return [`${method} ${path} is not described`];
      const { operationId } = route.operation;
      const place = placeOf(route, status);
      if (place === undefined) return [`${operationId} answers ${status}, which is not described: ${text.slice(0, 300)}`];
      const media = type.split(';', 1)[0] ?? '';
      const values = media === 'application/x-ndjson' ? text.split('\n').filter((line) => line !== '') : [text];
      const validate = validatorAt([...place, 'content', media, 'schema']);
      const faults = values.flatMap((value) => {
        validate(media === 'text/plain' ? value : JSON.parse(value));
        return (validate.errors ?? []).map((error) => `${operationId} ${status} ${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`);
      });
      if (status === 200 && values.length > 0) seen.add(operationId);
      return [...new Set(faults)];
    },
  };
}

/** Where the document describes the answer of an operation with a status. */
function placeOf({ path, method, operation }: { readonly path: string; readonly method: string; readonly operation: OperationObject }, status: number): readonly string[] | undefined {
  const response = operation.responses[String(status)];
  if (response === undefined) return undefined;
  return '$ref' in response ? response.$ref.split('/').slice(1) : ['paths', path, method, 'responses', String(status)];
}

/** The same document, whose objects have no members but those that they name; those that say that they are open stay so. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, closed(one)]));
  const isClosable = inner['type'] === 'object' && (inner['properties'] !== undefined || inner['patternProperties'] === undefined) && inner['additionalProperties'] === undefined;
  return isClosable ? { ...inner, additionalProperties: false } : inner;
}
