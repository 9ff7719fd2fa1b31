// From a row of the API and what is given for it to the request that calls it. It sends nothing.
import type { HttpMethod } from '../api/operation.ts';
import { API } from '../api/table.ts';

export interface RowRequest {
  readonly method: HttpMethod;
  /** With its query: `/v2/projects/…/entities?pageSize=25`. */
  readonly target: string;
  readonly body: unknown;
}

export interface GivenForRow {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

/** A row that takes a body and is given none gets an empty one. @throws TypeError where a name of the path is missing. */
export function rowRequest(id: keyof typeof API, { path, query, body }: GivenForRow): RowRequest {
  const { http, body: schema } = API[id];
  const place = http.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = path[name];
    if (value === undefined || value === '') throw new TypeError(`${id} needs ${name}`);
    return value.split('/').map(encodeURIComponent).join('/');
  });
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return { method: http.method, target: text === '' ? place : `${place}?${text}`, body: body ?? (schema === undefined ? undefined : {}) };
}
