// What a proxy did wrong, apart from what the source behind it does.
import { untrusted } from './trust.ts';

/**
 * Thrown where the proxy, not the source, is what failed; the kind decides what the caller is told. `stuck`: it is there and
 * willing, and does not reach the source.
 */
export class ProxyError extends Error {
  readonly kind: 'unreachable' | 'untrusted' | 'unauthenticated' | 'refused' | 'stuck';

  constructor(kind: ProxyError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** The error of a socket to a proxy that did not open. */
export function unreachable(proxy: string, error: unknown): ProxyError {
  const distrust = untrusted(error);
  if (distrust !== undefined) return new ProxyError('untrusted', `the certificate of the proxy ${proxy} is not trusted: ${distrust}`, error);
  return new ProxyError('unreachable', `the proxy ${proxy} could not be reached: ${reasonOf(error)}`, error);
}

/** What a person can act on: without addresses, ports or times that change from try to try. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'it gave no answer' : code;
}
