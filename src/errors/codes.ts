// The codes of google.rpc with what each means to HTTP, to a shell and to a caller who thinks of retrying.

export const CODES = {
  CANCELLED: { number: 1, http: 499, exit: 130, retry: 'no' },
  UNKNOWN: { number: 2, http: 500, exit: 70, retry: 'no' },
  INVALID_ARGUMENT: { number: 3, http: 400, exit: 2, retry: 'no' },
  DEADLINE_EXCEEDED: { number: 4, http: 504, exit: 75, retry: 'reads' },
  NOT_FOUND: { number: 5, http: 404, exit: 5, retry: 'no' },
  ALREADY_EXISTS: { number: 6, http: 409, exit: 6, retry: 'no' },
  PERMISSION_DENIED: { number: 7, http: 403, exit: 4, retry: 'no' },
  RESOURCE_EXHAUSTED: { number: 8, http: 429, exit: 8, retry: 'after delay' },
  FAILED_PRECONDITION: { number: 9, http: 400, exit: 3, retry: 'no' },
  ABORTED: { number: 10, http: 409, exit: 7, retry: 'caller' },
  OUT_OF_RANGE: { number: 11, http: 400, exit: 2, retry: 'no' },
  UNIMPLEMENTED: { number: 12, http: 501, exit: 64, retry: 'no' },
  INTERNAL: { number: 13, http: 500, exit: 70, retry: 'no' },
  UNAVAILABLE: { number: 14, http: 503, exit: 75, retry: 'yes' },
  DATA_LOSS: { number: 15, http: 500, exit: 70, retry: 'no' },
  UNAUTHENTICATED: { number: 16, http: 401, exit: 4, retry: 'no' },
} as const satisfies Record<string, { number: number; http: number; exit: number; retry: string }>;

export type Code = keyof typeof CODES;

/** Whether something from outside names a code. */
export function isCode(name: unknown): name is Code {
  return typeof name === 'string' && Object.hasOwn(CODES, name);
}
