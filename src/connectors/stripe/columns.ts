// Shapes laid flat: nested objects become columns named by their whole path, three levels deep; what lies deeper, lists, maps
// and unions are one column of JSON. It knows shapes, no entity.
import type { FieldType } from '../../spi/catalog.ts';
import { pascal } from './spelling.ts';
import type { Property } from './table.ts';
import { shapeNamed } from './tables.ts';

export interface Leaf {
  /** Stripe's names from the object down: `['invoice_settings', 'footer']`. */
  readonly path: readonly string[];
  /** The column: `InvoiceSettingsFooter`. */
  readonly name: string;
  readonly property: Property;
  /** The shape that holds the last name of the path. */
  readonly owner: string;
}

const LEVELS = 3;

/** The columns of shapes that stand side by side (a row and what can be written of it), each path once, in order. */
export function flatten(shapes: readonly (string | undefined)[]): readonly ReadonlyMap<string, Leaf>[] {
  const whole = new Set<string>();
  for (;;) {
    const flat = shapes.map((shape) => leavesOf(shape, whole));
    const collided = collision(flat);
    if (collided === undefined) return flat;
    whole.add(collided);
  }
}

/** The key of a path in maps of columns. */
export function pathKey(path: readonly string[]): string {
  return path.join('.');
}

function leavesOf(shape: string | undefined, whole: ReadonlySet<string>): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const visit = (owner: string | undefined, above: readonly string[], prefix: string): void => {
    const properties = shapeNamed(owner);
    for (const key of Object.keys(properties)) {
      const property = properties[key];
      if (property === undefined) continue;
      const path = [...above, key];
      const at = pathKey(path);
      const name = prefix + pascal(key);
      if (path.length < LEVELS && isNested(property) && !whole.has(at)) visit(property.shape, path, name);
      else leaves.set(at, { path, name, owner: owner ?? '', property });
    }
  };
  visit(shape, [], '');
  return leaves;
}

/** An object whose properties are columns of their own. */
export function isNested(property: Property): boolean {
  return property.type === 'object' && property.list === undefined && property.expands === undefined && hasProperties(property.shape);
}

function hasProperties(shape: string | undefined): boolean {
  return Object.keys(shapeNamed(shape)).length > 0;
}

/**
 * Where `a_b.c` and `a.b.c` would be one name, the object that holds the deeper of them stays whole. Stripe has four such
 * pairs, all in the payment method that an error embeds.
 */
function collision(flat: readonly ReadonlyMap<string, Leaf>[]): string | undefined {
  const names = new Map<string, string>();
  for (const leaves of flat) {
    for (const [key, { name }] of leaves) {
      const folded = name.toLowerCase();
      const other = names.get(folded);
      if (other !== undefined && other !== key) {
        const deeper = other.split('.').length > key.split('.').length ? other : key;
        return deeper.slice(0, deeper.lastIndexOf('.'));
      }
      names.set(folded, key);
    }
  }
  return undefined;
}

/** The type of a column that holds such a property. */
export function fieldType(property: Property): FieldType {
  switch (property.type) {
    case 'string':
    case 'enum':
    case 'file':
      return 'string';
    case 'integer':
      return 'integer';
    case 'number':
    case 'decimal':
      return 'decimal';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      return 'timestamp';
    case 'object':
    case 'array':
    case 'map':
      return 'json';
    case 'union':
      return property.of?.every((one) => fieldType(one) !== 'json') === true ? 'string' : 'json';
  }
}
