// Stripe's shapes → TypeScript, for the types of the client: what may be written, and what actions answer. Equal shapes are
// written once, under the name of the first. It holds no text of Stripe's, only names, types and known values.
import { pascal } from '../src/connectors/stripe/spelling.ts';
import type { Property } from '../src/connectors/stripe/table.ts';
import { shapeNamed } from '../src/connectors/stripe/tables.ts';

/** More values than these are left out: the type is for reading, and Stripe's values are open anyway. */
const MOST_VALUES = 24;

/** `'draft' | 'open' | …`, open to what Stripe adds; `string` where nothing or too much is known. */
export function enumType(values: readonly string[] | undefined): string {
  if (values === undefined || values.length === 0 || values.length > MOST_VALUES) return 'string';
  return `Open<${values.map(quoted).join(' | ')}>`;
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

/** A key of an object type, in quotes where it must be. */
export function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

export interface ShapeTypes {
  /** What a parameter takes: `string`, `readonly SubscriptionCreateItem[]`. */
  taken(property: Property): string;
  /** What an object shows, in Stripe's own spelling. @param depth how many objects further down are told. */
  shown(property: Property, depth: number): string;
  /** The interface of an object that is shown. */
  shownObject(shape: string, depth: number): string;
  /** Every interface that was needed, in the order of their names. */
  interfaces(): readonly string[];
}

export function createShapeTypes(): ShapeTypes {
  const nameOfText = new Map<string, string>();
  const textOfName = new Map<string, string>();
  const made = new Map<string, string>();

  /** @param render the members, which may name the interface itself. */
  function interfaceOf(key: string, wanted: string, render: () => string): string {
    const known = made.get(key);
    if (known !== undefined) return known;
    // Until its members are known it goes by its own name: a shape may hold itself.
    let name = wanted;
    for (let count = 2; textOfName.has(name) || [...made.values()].includes(name); count += 1) name = `${wanted}${count}`;
    made.set(key, name);
    const text = render();
    const same = nameOfText.get(text);
    if (same !== undefined && !text.includes(name)) {
      made.set(key, same);
      return same;
    }
    if (same === undefined) nameOfText.set(text, name);
    textOfName.set(name, text);
    return name;
  }

  function taken(property: Property): string {
    switch (property.type) {
      case 'string':
        return 'string';
      case 'enum':
        return enumType(property.enum);
      case 'file':
        return 'FileInput';
      case 'decimal':
        return 'Decimal';
      case 'integer':
      case 'number':
        return 'number';
      case 'boolean':
        return 'boolean';
      case 'timestamp':
        return 'Time';
      case 'array':
        return property.items === undefined ? 'readonly Json[]' : arrayOf(taken(property.items));
      case 'map':
        return property.items === undefined ? 'JsonObject' : `Readonly<Record<string, ${taken(property.items)} | null>>`;
      case 'union':
        return unionOf((property.of ?? []).map(taken));
      case 'object':
        return takenObject(property.shape);
    }
  }

  function takenObject(shape: string | undefined): string {
    if (shape === undefined || Object.keys(shapeNamed(shape)).length === 0) return 'JsonObject';
    return interfaceOf(`taken ${shape}`, typeName(shape), () => Object.entries(shapeNamed(shape))
      .map(([key, property]) => `  ${keyOf(pascal(key))}${property.required === true ? '' : '?'}: ${taken(property)}${property.emptyable === true ? ' | null' : ''};`).join('\n'));
  }

  function shown(property: Property, depth: number): string {
    if (property.expands !== undefined) return 'string';
    if (property.list === true) return `NestedList<${property.items === undefined ? 'Json' : shown(property.items, depth - 1)}>`;
    switch (property.type) {
      case 'string':
      case 'file':
      case 'decimal':
        return 'string';
      case 'enum':
        return enumType(property.enum);
      case 'integer':
      case 'number':
        return property.format === 'int64' ? 'string' : 'number';
      case 'boolean':
        return 'boolean';
      case 'timestamp':
        return property.format === 'date-time' ? 'string' : 'number';
      case 'array':
        return property.items === undefined ? 'readonly Json[]' : arrayOf(shown(property.items, depth));
      case 'map':
        return property.items === undefined ? 'JsonObject' : `Readonly<Record<string, ${shown(property.items, depth)}>>`;
      case 'union':
        return unionOf((property.of ?? []).map((one) => shown(one, depth)));
      case 'object':
        return depth <= 0 || property.shape === undefined ? 'JsonObject' : shownObject(property.shape, depth - 1);
    }
  }

  function shownObject(shape: string, depth: number): string {
    if (Object.keys(shapeNamed(shape)).length === 0) return 'JsonObject';
    return interfaceOf(`shown ${depth} ${shape}`, `${typeName(shape)}Shown`, () => Object.entries(shapeNamed(shape))
      .map(([key, property]) => `  ${keyOf(key)}${property.nullable === true ? '?' : ''}: ${shown(property, depth)}${property.nullable === true ? ' | null' : ''};`).join('\n'));
  }

  return {
    taken, shown, shownObject,
    interfaces: () => [...textOfName].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `export interface ${name} {\n${text}\n}`),
  };
}

function typeName(shape: string): string {
  return shape.split(/[^A-Za-z0-9]+/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

function arrayOf(type: string): string {
  return `readonly ${/[|]/.test(type.replaceAll(/<[^<>]*>/g, '')) ? `(${type})` : type}[]`;
}

function unionOf(types: readonly string[]): string {
  return types.length === 0 ? 'Json' : [...new Set(types)].join(' | ');
}
