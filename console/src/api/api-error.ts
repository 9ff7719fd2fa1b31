// An error as the server told it: google.rpc.Status, with our reason, its hint and every fault of the request.

export interface Violation {
  readonly field: string;
  readonly description: string;
}

/** What proxies answer where nothing answers them. */
const AWAY: readonly number[] = [502, 503, 504];

export class ApiError extends Error {
  readonly code: string;
  readonly reason: string;
  readonly violations: readonly Violation[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly retrySeconds: number | undefined;

  constructor(code: string, reason: string, message: string, violations: readonly Violation[], metadata: Readonly<Record<string, string>> = {}, requestId?: string, retrySeconds?: number) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.reason = reason;
    this.violations = violations;
    this.metadata = metadata;
    this.requestId = requestId;
    this.retrySeconds = retrySeconds;
  }

  get hint(): string | undefined {
    return this.metadata['hint'];
  }

  static fromAnswer(status: number, body: unknown): ApiError {
    const error = member(body, 'error');
    // Something between answered for a server that is away, in its own form.
    if (error === undefined && AWAY.includes(status)) return new ApiError('UNAVAILABLE', 'SERVER_UNREACHABLE', '', []);
    const details = member(error, 'details');
    const all: readonly unknown[] = Array.isArray(details) ? details : [];
    const of = (kind: string): unknown => all.find((one) => text(member(one, '@type')).endsWith(`.${kind}`));
    const info = of('ErrorInfo');
    const violations = member(of('BadRequest'), 'fieldViolations');
    const metadata = member(info, 'metadata');
    return new ApiError(
      text(member(error, 'status')) || `HTTP ${status}`, text(member(info, 'reason')), text(member(error, 'message')) || `HTTP ${status}`,
      (Array.isArray(violations) ? violations : []).map((one) => ({ field: text(member(one, 'field')), description: text(member(one, 'description')) })),
      texts(metadata),
      text(member(of('RequestInfo'), 'requestId')) || undefined, seconds(member(of('RetryInfo'), 'retryDelay')),
    );
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Members that are texts: what a proxy put there may be anything. */
function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function seconds(value: unknown): number | undefined {
  const found = /^([\d.]+)s$/.exec(text(value))?.[1];
  return found === undefined ? undefined : Number(found);
}
