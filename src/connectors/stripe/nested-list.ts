// Stripe shows the first ten elements of a list inside an object, and a link to the rest: this reads on until all are there.
import type { Call } from '../../spi/connector.ts';
import type { Exchange } from './exchange.ts';
import { isObject, type StripeObject } from './response.ts';

/** Where the rest of a list may be: a path of the same API and nothing else. */
const LINK = /^\/v1\/[\w./-]+(?:\?[\w=&%.[\]-]*)?$/;

/** The object with the lists at these paths complete. */
export async function completeLists(exchange: Exchange, call: Call, object: StripeObject, paths: readonly (readonly string[])[], account: string | undefined): Promise<StripeObject> {
  let completed = object;
  for (const path of paths) {
    const list = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), object);
    if (!isObject(list) || list['has_more'] !== true) continue;
    const data = await readOn(exchange, call, list, path, account);
    if (data !== undefined) completed = replaceAt(completed, path, { ...list, data, has_more: false });
  }
  return completed;
}

async function readOn(exchange: Exchange, call: Call, list: StripeObject, path: readonly string[], account: string | undefined): Promise<readonly unknown[] | undefined> {
  const { url } = list;
  if (typeof url !== 'string' || !LINK.test(url) || url.includes('..') || !Array.isArray(list['data'])) return undefined;
  const data: unknown[] = [...list['data']];
  for (let hasMore = true; hasMore;) {
    const last: unknown = data.at(-1);
    const after = isObject(last) && typeof last['id'] === 'string' ? last['id'] : undefined;
    if (after === undefined) return undefined;
    const page = await exchange.object(call, { method: 'GET', path: url, endpoint: `nested ${path.join('.')}`, parameters: { limit: 100, starting_after: after }, account });
    const more: readonly unknown[] = Array.isArray(page['data']) ? page['data'] : [];
    data.push(...more);
    hasMore = page['has_more'] === true && more.length > 0;
  }
  return data;
}

function replaceAt(object: StripeObject, [key = '', ...rest]: readonly string[], value: unknown): StripeObject {
  const inner = object[key];
  return { ...object, [key]: rest.length === 0 || !isObject(inner) ? value : replaceAt(inner, rest, value) };
}
