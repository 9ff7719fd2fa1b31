// JSON Schema of what can be written into a column of JSON, for forms and tools. Made only when it is asked for.
import { words, pascal } from './spelling.ts';
import type { Property } from './table.ts';
import { shapeNamed } from './tables.ts';

/** @param above shapes that this one lies in: a shape that holds itself is cut there. */
export function schemaOf(property: Property, above: readonly string[] = []): object {
  switch (property.type) {
    case 'string':
    case 'file':
    case 'decimal':
      return { type: 'string' };
    case 'enum':
      // Stripe's enums are open: what is known is offered, the rest is let through.
      return { type: 'string', examples: property.enum ?? [] };
    case 'integer':
      return { type: 'integer' };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'timestamp':
      return { type: ['string', 'integer'], description: 'RFC 3339 or unix seconds' };
    case 'array':
      return { type: 'array', items: property.items === undefined ? {} : schemaOf(property.items, above) };
    case 'map':
      return { type: 'object', additionalProperties: property.items === undefined ? {} : schemaOf(property.items, above) };
    case 'union':
      return { anyOf: (property.of ?? []).map((one) => schemaOf(one, above)) };
    case 'object':
      return objectSchema(property.shape, above);
  }
}

function objectSchema(shape: string | undefined, above: readonly string[]): object {
  if (shape === undefined || above.includes(shape)) return { type: 'object' };
  const entries = Object.entries(shapeNamed(shape));
  const required = entries.filter(([, property]) => property.required === true).map(([name]) => pascal(name));
  const inside = [...above, shape];
  const properties = Object.fromEntries(entries.map(([name, property]) => [pascal(name), { title: words(name), ...schemaOf(property, inside) }]));
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}
