// The address of a call: the path of a row with its names, and the query.
import { requireNames } from '../api/names.ts';

/** Values of a query; a list is said once for each of its values, and what is undefined is not said. */
export type QueryValues = object;

/**
 * `/v2/projects/p/…/entityTypes/Customer/entities?conditions=…` from `/v2/{connection}/entityTypes/{entityType}/entities`.
 * @throws StatusError INVALID_ARGUMENT where a name is none: it would lead elsewhere.
 */
export function addressOf(template: string, names: Readonly<Record<string, string>>, query: QueryValues = {}): string {
  const wanted = [...template.matchAll(NAME)].map(([, name]) => name ?? '');
  // Callers without types may leave a name out, or send one that no path has.
  requireNames(Object.fromEntries(wanted.map((name) => [name, names[name] ?? ''])));
  const path = template.replace(NAME, (_whole, name: string) => (names[name] ?? '').split('/').map(encodeURIComponent).join('/'));
  const said = queryOf(query);
  return said === '' ? path : `${path}?${said}`;
}

const NAME = /\{(\w+)\}/g;

function queryOf(values: QueryValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries<unknown>({ ...values })) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
  }
  return query.toString();
}
