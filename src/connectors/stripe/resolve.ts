// The keys of a payload → parameters of Stripe's, by every spelling that callers use: Stripe's own path, PascalCase with dots or
// run together, the names of CData's driver. It looks names up in shapes and never makes a Stripe name by rule.
import { isNested } from './columns.ts';
import { fold } from './spelling.ts';
import type { Property } from './table.ts';
import { shapeNamed } from './tables.ts';

export interface Resolved {
  readonly path: readonly string[];
  readonly property: Property;
  /** The shape that holds the last name of the path. */
  readonly owner: string;
}

interface Child {
  readonly name: string;
  readonly folded: string;
  readonly property: Property;
  /** The shape to look further in. */
  readonly shape?: string;
}

const children = new Map<string, readonly Child[]>();

/** Finds the parameter that a key means, relative to a shape; behind the name of a map stands one of its keys, to the letter. */
export function resolveKey(shape: string, key: string): Resolved | undefined {
  const own = shapeNamed(shape)[key];
  if (own !== undefined && Object.hasOwn(shapeNamed(shape), key)) return { path: [key], property: own, owner: shape };
  return resolveFolded(shape, fold(key)) ?? resolveMapKey(shape, key) ?? resolveAlias(shape, fold(key));
}

function resolveFolded(shape: string, folded: string): Resolved | undefined {
  const known = childrenOf(shape);
  const exact = known.find((child) => child.folded === folded);
  if (exact !== undefined) return { path: [exact.name], property: exact.property, owner: shape };
  for (const child of known) {
    if (child.shape === undefined || !folded.startsWith(child.folded)) continue;
    const inner = resolveFolded(child.shape, folded.slice(child.folded.length));
    if (inner !== undefined) return { ...inner, path: [child.name, ...inner.path] };
  }
  return undefined;
}

/** `Metadata.order_id` is the key `order_id`; a map of objects is looked into behind its key. */
function resolveMapKey(shape: string, key: string): Resolved | undefined {
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
    const map = resolveFolded(shape, fold(key.slice(0, dot)));
    const rest = key.slice(dot + 1);
    if (map?.property.type !== 'map' || rest === '') continue;
    const items = map.property.items ?? { type: 'string' };
    if (items.shape === undefined) return { path: [...map.path, rest], property: { ...items, emptyable: true }, owner: map.owner };
    const [name = '', ...deeper] = rest.split('.');
    if (deeper.length === 0) return { path: [...map.path, name], property: items, owner: map.owner };
    const inner = resolveFolded(items.shape, fold(deeper.join('.')));
    return inner === undefined ? undefined : { ...inner, path: [...map.path, name, ...inner.path] };
  }
  return undefined;
}

/** `CustomerId` → `customer`, `MetadataAggregate` → `metadata`, `IsProrate` → `prorate`. */
function resolveAlias(shape: string, folded: string): Resolved | undefined {
  if (folded.endsWith('aggregate')) return resolveFolded(shape, folded.slice(0, -'aggregate'.length));
  if (folded.endsWith('id')) {
    const found = resolveFolded(shape, folded.slice(0, -2));
    if (found?.property.type === 'string') return found;
  }
  const plain = folded.startsWith('is') ? resolveFolded(shape, folded.slice(2)) : undefined;
  return plain?.property.type === 'boolean' ? plain : undefined;
}

function childrenOf(shape: string): readonly Child[] {
  const known = children.get(shape);
  if (known !== undefined) return known;
  const made = Object.entries(shapeNamed(shape)).map(([name, property]): Child => {
    const inside = property.type === 'union' ? property.of?.find(isNested) : property;
    return { name, folded: fold(name), property, ...(inside !== undefined && isNested(inside) && inside.shape !== undefined ? { shape: inside.shape } : {}) };
  });
  children.set(shape, made);
  return made;
}
