// What failed, and what only could not be asked for at the moment: a server that starts anew takes nothing off the page, and no
// text out of a form.
import { ApiError } from './api-error.ts';

const PASSING: readonly string[] = ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'];

/** It may well be answered when it is asked again. */
export function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && PASSING.includes(error.code);
}

/** Nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'UNAUTHENTICATED';
}

/** There is nothing to show, or no more. Not where it was read before, and the server is only away or wants to know again who asks. */
export function hasFailed<Query extends { readonly isError: boolean; readonly data: unknown; readonly error: Error | null }>(query: Query): query is Extract<Query, { readonly isError: true }> {
  return query.isError && (query.data === undefined || !(isPassing(query.error) || isSignedOut(query.error)));
}
