// Makes one shape of several, for answers that are one of several objects (a bank account or a card; any event).
// Knows shapes alone.

import type { Property, Shape } from '../src/connectors/stripe/table.ts';

/** Where an object differs more than this between the alternatives, nothing is promised of its inside. */
const MOST_ALTERNATIVES = 8;

/** The properties of all alternatives; one that not all have may be absent. */
export function mergeShapes(alternatives: readonly Shape[], shapes: ReadonlyMap<string, Shape>): Record<string, Property> {
  const merged: Record<string, Property> = {};
  for (const property of new Set(alternatives.flatMap((shape) => Object.keys(shape)))) {
    const found = alternatives.map((shape) => shape[property]).filter((one) => one !== undefined);
    const chosen = mergeProperties(found, shapes);
    merged[property] = found.length === alternatives.length || chosen.nullable ? chosen : { ...chosen, nullable: true };
  }
  return merged;
}

function mergeProperties(properties: readonly Property[], shapes: ReadonlyMap<string, Shape>): Property {
  const [single] = properties;
  if (single !== undefined && properties.length === 1) return single;
  const nullable = properties.some((property) => property.nullable);
  const written = distinctBy(properties.map(strict), (property) => JSON.stringify(property));
  const distinct = written.length > MOST_ALTERNATIVES ? written : distinctBy(written, (property) => structure(property, shapes, 0));
  const [first, ...others] = distinct;
  if (first === undefined) throw new Error('nothing to merge');
  const merged = others.length === 0 ? first : mergeDistinct([first, ...others]);
  return nullable ? { ...merged, nullable: true } : merged;
}

function distinctBy(properties: readonly Property[], key: (property: Property) => string): readonly Property[] {
  return [...new Map(properties.map((property) => [key(property), property])).values()];
}

/** A property but for whether it may be null. */
function strict(property: Property): Property {
  const { nullable, ...rest } = property;
  return nullable === undefined ? property : rest;
}

function mergeDistinct(properties: readonly [Property, ...Property[]]): Property {
  if (properties.every((property) => property.type === 'enum')) {
    return { type: 'enum', enum: [...new Set(properties.flatMap((property) => property.enum ?? []))].sort() };
  }
  if (properties.every((property) => property.type === 'enum' || property.type === 'string')) {
    return properties.find((property) => property.expands !== undefined) ?? { type: 'string' };
  }
  if (properties.length > MOST_ALTERNATIVES && properties.every((property) => property.type === 'object')) return { type: 'object' };
  return { type: 'union', of: properties };
}

/** A property with the shapes it names written out, so that equal structures under different names compare equal. */
function structure(property: Property, shapes: ReadonlyMap<string, Shape>, depth: number): string {
  return JSON.stringify(property, (key, value: unknown) => {
    if (key !== 'shape' || typeof value !== 'string' || depth > 3) return value;
    return Object.entries(shapes.get(value) ?? {}).map(([name, inner]) => `${name}:${structure(inner, shapes, depth + 1)}`).join();
  });
}
