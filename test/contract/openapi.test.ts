// The description of the API held against what does not come from us: the validator of OpenAPI documents; and against what
// reads connections.
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { Connection, ConnectionInput } from '../../src/api/connection-schema.ts';
import { describeApi } from '../../src/api/openapi.ts';
import { CONNECTION } from '../../src/connections/fields.ts';
import type { Kind, Shape } from '../../src/connections/message.ts';

it('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const document = JSON.parse(JSON.stringify(describeApi({ version: '1.2.3', issuers: ['https://accounts.example.com'] }))) as Record<string, unknown>;
  const { valid, errors } = await validator.validate(document);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
  expect((await validator.validate({ ...document, paths: { nowhere: {} } })).valid, 'it can tell').toBe(false);
});

/** Where a schema and a table of fields differ. */
function differences(schema: unknown, shape: Shape, path: string): readonly string[] {
  const properties = propertiesOf(schema);
  const missing = Object.keys(shape).filter((field) => properties[field] === undefined).map((field) => `${path}${field} is not described`);
  const foreign = Object.keys(properties).filter((field) => shape[field] === undefined).map((field) => `${path}${field} is not read`);
  const inner = Object.entries(shape).flatMap(([field, kind]) => differencesOf(properties[field], kind, `${path}${field}`));
  return [...missing, ...foreign, ...inner];
}

function differencesOf(schema: unknown, kind: Kind, path: string): readonly string[] {
  if (typeof kind === 'string') return kind === 'secret' && Reflect.get(Object(schema), 'type') !== 'string' ? [`${path} is no text`] : [];
  if ('message' in kind) return differences(schema, kind.message, `${path}.`);
  if ('list' in kind) return differences(Reflect.get(Object(schema), 'items'), kind.list, `${path}[].`);
  const words = Reflect.get(Object(schema), 'enum') as readonly string[] | undefined;
  return JSON.stringify(words) === JSON.stringify(kind.oneOf) ? [] : [`${path} has other values: ${String(words)}`];
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  return (Reflect.get(Object(schema), 'properties') ?? {}) as Readonly<Record<string, unknown>>;
}

it('connections are described as they are read', () => {
  expect(differences(ConnectionInput, CONNECTION, '')).toEqual([]);
  const shown = propertiesOf(Connection);
  expect(Object.keys(CONNECTION).filter((field) => shown[field] === undefined)).toEqual([]);
});
