// Pages over rows that are worked out when asked for and lie nowhere. It must not know how they are worked out.
import type { Answer, Call } from './call.ts';
import { invalidRequest, missing } from './errors.ts';
import type { JsonObject } from './json.ts';
import { number, text } from './json.ts';

/** Answers a v1 list over rows in the order in which they are shown. */
export function listComputed(call: Call, rows: readonly JsonObject[]): Answer {
  const limit = call.endpoint.params.has('limit') ? (number(call.params, 'limit') ?? 10) : Math.max(1, rows.length);
  if (limit < 1) throw invalidRequest('Invalid limit: must be at least 1', 'limit', 'parameter_invalid_integer');
  if (limit > 100 && call.params['limit'] !== undefined) throw invalidRequest('Invalid limit: must be at most 100', 'limit', 'parameter_invalid_integer');
  const after = at(call, rows, 'starting_after');
  const before = at(call, rows, 'ending_before');
  const start = after !== undefined ? after + 1 : before !== undefined ? Math.max(0, before - limit) : 0;
  const end = before !== undefined ? before : start + limit;
  const page = rows.slice(start, end);
  const more = before !== undefined ? start > 0 : end < rows.length;
  return { kind: 'text', text: JSON.stringify({ object: 'list', data: page, has_more: more, url: call.path }) };
}

function at(call: Call, rows: readonly JsonObject[], param: string): number | undefined {
  const id = text(call.params, param);
  if (id === undefined) return undefined;
  const found = rows.findIndex((row) => row['id'] === id);
  if (found < 0) throw missing(call.endpoint.objects[0] ?? 'object', id, param);
  return found;
}
