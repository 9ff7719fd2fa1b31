// Makes one shape of several, for answers that are one of several objects (a bank account or a card; any event).
// Knows shapes alone.

import type { Property, Shape } from '../src/connectors/stripe/table.ts';

/** Where an object differs more than this between the alternatives, nothing is promised of its inside. */
const MOST_ALTERNATIVES = 8;

/**
 * The properties of all the named shapes. `basis` says that the first is what the others extend: it then decides where
 * they differ, except that the values of enums are joined.
 */
export function mergeShapes(names: readonly string[], shapes: ReadonlyMap<string, Shape>, basis: boolean): Record<string, Property> {
  const members = names.map((name) => shapes.get(name) ?? {});
  const merged: Record<string, Property> = {};
  for (const property of new Set(members.flatMap((member) => Object.keys(member)))) {
    const found = members.map((member) => member[property]).filter((one) => one !== undefined);
    const specific = basis && members[0]?.[property]?.type !== 'object' ? found.slice(found.length > 1 && members[0]?.[property] ? 1 : 0) : found;
    const chosen = basis && members[0]?.[property]?.type === 'object' ? members[0][property] : mergeProperties(specific, shapes);
    const everywhere = found.length === (basis && members[0]?.[property] === undefined ? members.length - 1 : members.length);
    merged[property] = everywhere || chosen.nullable ? chosen : { ...chosen, nullable: true };
  }
  return merged;
}

function mergeProperties(properties: readonly Property[], shapes: ReadonlyMap<string, Shape>): Property {
  const [single] = properties;
  if (single !== undefined && properties.length === 1) return single;
  const nullable = properties.some((property) => property.nullable);
  const distinct = new Map(properties.map((property) => [structure(strict(property), shapes, 0), strict(property)]));
  const [first, ...others] = distinct.values();
  if (first === undefined) throw new Error('nothing to merge');
  const merged = others.length === 0 ? first : mergeDistinct([first, ...others]);
  return nullable ? { ...merged, nullable: true } : merged;
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
