// What a proxy did wrong, apart from what the source behind it does.

/** Thrown where the proxy, not the source, is what failed. `kind` decides what the caller is told. */
export class ProxyError extends Error {
  readonly kind: 'unreachable' | 'unauthenticated' | 'refused';

  constructor(kind: ProxyError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
