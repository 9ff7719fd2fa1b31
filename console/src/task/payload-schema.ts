// The JSON Schema of a payload: the fields that one has begun to write and those without which it is refused. Everything that
// Stripe takes would be a form of hundreds of fields.
import type { RJSFSchema } from '@rjsf/utils';
import type { Field } from '../api/schema.ts';

/** Fields that may be written, those that must be first. */
export function writtenFields(fields: readonly Field[], operation: 'CREATE' | 'UPDATE'): readonly Field[] {
  const written = fields.filter(({ additionalDetails }) => additionalDetails?.writable?.includes(operation));
  return [...written.filter((field) => isRequired(field, operation)), ...written.filter((field) => !isRequired(field, operation))];
}

function isRequired({ additionalDetails }: Field, operation: string): boolean {
  return operation === 'CREATE' && additionalDetails?.required?.includes('CREATE') === true;
}

export interface PayloadFields {
  readonly fields: readonly Field[];
  readonly required: readonly string[];
}

export function payloadSchema({ fields, required }: PayloadFields, payload: Readonly<Record<string, unknown>>): RJSFSchema {
  const shown = fields.filter(({ name, jsonSchema = {} }) => (name in payload || required.includes(name)) && isDrawn(jsonSchema));
  return { type: 'object', required: [...required], properties: Object.fromEntries(shown.map((field) => [field.name, formSchema(field)])) };
}

/** A schema that a form can draw: one kind for each value, and choices where there are some. */
function formSchema({ jsonSchema = {}, description, additionalDetails }: Field): RJSFSchema {
  const schema = oneType(jsonSchema);
  const choices = additionalDetails?.enum;
  return { ...schema, description, ...(choices !== undefined && schema.type === 'string' ? { enum: [...choices] } : {}) };
}

/** `["string", "null"]` → `string`: what is unset is left out of a form. */
function oneType(given: RJSFSchema): RJSFSchema {
  const { readOnly: _readOnly, type: _type, properties, items, additionalProperties, ...rest } = given;
  const [kind] = kindsOf(given);
  return {
    ...rest,
    ...(kind === undefined ? {} : { type: kind }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(properties).filter(([, inner]) => isDrawn(inner)).map(([name, inner]) => [name, typeof inner === 'object' ? oneType(inner) : inner])) }),
    ...(typeof items === 'object' && !Array.isArray(items) ? { items: oneType(items) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: oneType(additionalProperties) } : {}),
  };
}

type Kind = Extract<NonNullable<RJSFSchema['type']>, string>;

function kindsOf({ type }: RJSFSchema): readonly Kind[] {
  return type === undefined ? [] : Array.isArray(type) ? type.filter((kind) => kind !== 'null') : [type];
}

/** Values of several kinds, and objects and lists of which nothing is known, are written as text. */
function isDrawn(schema: object | boolean): boolean {
  if (typeof schema === 'boolean') return false;
  const given: RJSFSchema = schema;
  const kinds = kindsOf(given);
  if (kinds.length !== 1) return false;
  if (kinds[0] === 'object') return given.properties !== undefined || typeof given.additionalProperties === 'object';
  return kinds[0] !== 'array' || (typeof given.items === 'object' && !Array.isArray(given.items) && isDrawn(given.items));
}
