// Stripe's error replies → our status errors, by tables. Each error carries what a person needs to go on: Stripe's code, the
// column it means, its request id and its page of documentation; never a value of the request.
import { StatusError } from '../../errors/status-error.ts';
import type { OutboundResponse } from '../../spi/connector.ts';
import { VERDICT_OF_CODE, VERDICT_OF_STATUS, VERDICTS, type Verdict } from './error-codes.ts';
import { columnOfParameter } from './spelling.ts';

/** The `error` of a reply, as far as we read it. */
export interface StripeFault {
  readonly status: number;
  readonly type?: string;
  readonly code?: string;
  readonly message?: string;
  readonly param?: string;
  readonly [key: string]: unknown;
}

export interface CallFacts {
  /** The call changes something: when it is not known whether it did, the error says so. */
  readonly write: boolean;
  readonly idempotencyKey?: string;
  /** Stripe keeps the first answer under the key, so that a later attempt tells what an earlier one did. */
  readonly keptUnderKey?: boolean;
  /** An attempt before the one that was answered may have had its effect. */
  readonly outcomeBefore?: 'unknown';
  /** Stripe's names of parameters → the names that callers know them by, where those are not the columns'. */
  readonly names?: ReadonlyMap<string, string>;
}

/** How long to wait after a 429 where Stripe names no delay. */
const RATE_DELAY_MS = 1_000;

/** The status error of a reply that is no success. */
export function errorOfReply(reply: OutboundResponse, facts: CallFacts): StatusError {
  return errorOfFault(readFault(reply), reply.headers, facts);
}

export function errorOfFault(fault: StripeFault, headers: Readonly<Record<string, string>>, facts: CallFacts): StatusError {
  const [code, reason] = verdict(fault);
  const column = fault.param === undefined ? undefined : (facts.names?.get(fault.param) ?? columnOfParameter(fault.param));
  const message = fault.message ?? `Stripe answered HTTP ${fault.status}`;
  const isUnsettled = facts.write && leavesOpen(fault.status, facts);
  return new StatusError(code, reason, {
    message,
    ...(code === 'INVALID_ARGUMENT' && column !== undefined ? { violations: [{ field: column, description: message }] } : {}),
    ...(reason === 'BACKEND_RATE_LIMITED' ? { retryAfterMs: Number(headers['retry-after']) * 1_000 || RATE_DELAY_MS } : {}),
    metadata: texts({
      requestId: headers['request-id'],
      httpStatus: String(fault.status),
      type: fault.type,
      code: fault.code,
      declineCode: fault['decline_code'],
      adviceCode: fault['advice_code'],
      networkDeclineCode: fault['network_decline_code'],
      networkAdviceCode: fault['network_advice_code'],
      charge: fault['charge'],
      param: column,
      docUrl: fault['doc_url'],
      requestLogUrl: fault['request_log_url'],
      rateLimitedReason: headers['stripe-rate-limited-reason'],
      ...(isUnsettled ? { outcome: 'unknown', idempotencyKey: facts.idempotencyKey } : {}),
    }),
  });
}

/** What is asked before the key is looked at. */
const BEFORE_THE_KEY = new Set([401, 403, 409, 429]);

/** Whether a reply leaves it open if the write was done, by this attempt or one before. */
function leavesOpen(status: number, { outcomeBefore, keptUnderKey = false }: CallFacts): boolean {
  if (status >= 500) return status !== 501;
  return outcomeBefore !== undefined && (!keptUnderKey || BEFORE_THE_KEY.has(status));
}

function verdict({ status, type, code = '', param = '' }: StripeFault): Verdict {
  if (status === 501) return VERDICTS.notServed;
  // A 500 is stored under its key and says nothing about the object, whatever its code.
  if (status >= 500) return VERDICTS.unavailable;
  const known = VERDICT_OF_CODE.get(code);
  if (type === 'card_error') return known === VERDICTS.customerAction ? known : VERDICTS.declined;
  if (code === 'resource_missing') return verdictOfMissing(status, param);
  if (known !== undefined) return known;
  if (type === 'idempotency_error') return status === 409 ? VERDICTS.keyInUse : VERDICTS.keyReused;
  if (code.endsWith('_unexpected_state')) return VERDICTS.state;
  return VERDICT_OF_STATUS[status] ?? (status >= 400 ? VERDICTS.rejected : VERDICTS.unexpected);
}

/** What is missing may be the row that was asked for, one that a column names, or the row after which to read on. */
function verdictOfMissing(status: number, param: string): Verdict {
  if (param === 'starting_after' || param === 'ending_before') return VERDICTS.cursorLost;
  return status === 404 ? VERDICTS.notFound : VERDICTS.rejected;
}

export function readFault({ status, body }: OutboundResponse): StripeFault {
  const envelope = parseObject(body)?.['error'];
  if (typeof envelope === 'string') return { status, type: envelope };
  if (typeof envelope !== 'object' || envelope === null) return { status };
  return { ...pickTexts(envelope), status };
}

function pickTexts(envelope: object): Readonly<Record<string, string>> {
  return texts(Object.fromEntries(Object.entries(envelope)));
}

function texts(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string' && value !== '') kept[key] = value;
  return kept;
}

function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.fromEntries(Object.entries(parsed)) : undefined;
  } catch {
    return undefined;
  }
}

/** Conflicts that last: to ask again changes nothing. */
const LASTING = new Set<Verdict>([VERDICTS.exists, VERDICTS.state, VERDICTS.rejected, VERDICTS.keyReused]);

/** Retrying, after the SDK's rules, and where the SDK leaves it to its caller: rate limits and lock time-outs. */
export function classifyReply(reply: OutboundResponse, write: boolean): 'done' | 'retry' | 'unknown' {
  const { status } = reply;
  // A decline is final, whatever the header says.
  if (status < 400 || status === 402) return 'done';
  const wish = reply.headers['stripe-should-retry'];
  if (wish === 'true') return 'retry';
  // What Stripe will not have repeated is settled, but for a fault of its own half-way through a write.
  if (wish === 'false') return status >= 500 && write ? 'unknown' : 'done';
  // What Stripe kept under the key it will give again, whoever asks.
  if (status >= 500 && reply.headers['idempotent-replayed'] === 'true') return 'unknown';
  if (status === 409) return LASTING.has(verdict(readFault(reply))) ? 'done' : 'retry';
  return status === 429 || (status >= 500 && status !== 501) ? 'retry' : 'done';
}
