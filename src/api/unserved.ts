// What the platform has and this server answers UNIMPLEMENTED: either it has no meaning on one's own machines, or it is not
// built yet. Each row says which, to whoever calls it.
import type { HttpMethod } from './operation.ts';

export interface UnservedOperation {
  readonly id: string;
  readonly http: { readonly method: HttpMethod; readonly path: string };
  readonly permission: string;
  /** A sentence for the caller: why not, and what to use instead. */
  readonly why: string;
}

export const UNSERVED: readonly UnservedOperation[] = [];
