// A connection looked at before it is made: by the code that makes it.
import { queryOptions } from '@tanstack/react-query';
import type { Violation } from './api-error.ts';
import { call } from './call.ts';

export interface Validation {
  readonly faults: readonly Violation[];
  readonly warnings: readonly string[];
  /** What the service account lacks on the secrets that are named. */
  readonly missingRoles: readonly { readonly secret: string; readonly roles: readonly string[] }[];
}

/** What was said, with the body that it was said of: faults name members by their place in its lists. */
export interface Validated<Body> extends Validation {
  readonly body: Body;
}

/** @param region may be '' while none is chosen: that is one of the faults */
export const validationQuery = <Body extends object>(project: string, region: string, id: string, body: Body) => queryOptions({
  queryKey: ['validation', project, region, id, body], staleTime: 5_000, gcTime: 60_000,
  queryFn: async ({ signal }): Promise<Validated<Body>> => ({ ...await call<Validation>(`/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(region || '-')}/connections:validate?connectionId=${encodeURIComponent(id)}`, { method: 'POST', body, signal }), body }),
});
