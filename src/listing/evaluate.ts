// Whether an object passes a filter. Nothing that is absent equals anything; != is exactly the opposite of =.
import type { Filter, Restriction } from './filter.ts';
import { compareScalars, scalarOf, valueAt } from './field.ts';

export function matches(filter: Filter | undefined, item: object): boolean {
  if (filter === undefined) return true;
  if (filter.is === 'restriction') return holds(filter, valueAt(item, filter.path));
  if (filter.is === 'not') return !matches(filter.of, item);
  return filter.is === 'and' ? filter.of.every((one) => matches(one, item)) : filter.of.some((one) => matches(one, item));
}

function holds(restriction: Restriction, found: unknown): boolean {
  const { kind, comparator, value, quoted } = restriction;
  if (comparator === '!=') return !holds({ ...restriction, comparator: '=' }, found);
  if (value === '*' && !quoted && (comparator === ':' || comparator === '=')) return isPresent(found);
  if (kind === 'map') return typeof found === 'object' && found !== null && Object.keys(found).some((key) => like(key, value));
  if (kind === 'texts') return Array.isArray(found) && found.some((one) => typeof one === 'string' && like(one, value));
  const scalar = scalarOf(kind, found);
  if (scalar === undefined) return false;
  if (typeof scalar === 'string') {
    if (comparator === '=') return like(scalar, value);
    if (comparator === ':') return has(scalar, value);
  }
  const order = compareScalars(scalar, kind === 'boolean' ? value === 'true' : scalarOf(kind, value));
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  if (comparator === '>') return order > 0;
  if (comparator === '>=') return order >= 0;
  return order === 0;
}

function isPresent(found: unknown): boolean {
  if (found === undefined || found === null || found === '' || found === false) return false;
  return typeof found === 'object' ? Object.keys(found).length > 0 : true;
}

/** Equal, where a `*` at an end of the pattern stands for any text. */
function like(text: string, pattern: string): boolean {
  const open = pattern.length > 1 && pattern.startsWith('*');
  const openEnd = pattern.endsWith('*');
  const core = pattern.slice(open ? 1 : 0, openEnd ? -1 : undefined);
  if (open && openEnd) return text.includes(core);
  if (open) return text.endsWith(core);
  return openEnd ? text.startsWith(core) : text === core;
}

/** `:` on a text asks whether the words stand in it, whatever their case; with a `*` it is the pattern of the whole. */
function has(text: string, value: string): boolean {
  const [low, sought] = [text.toLowerCase(), value.toLowerCase()];
  return sought.startsWith('*') || sought.endsWith('*') ? like(low, sought) : low.includes(sought);
}
