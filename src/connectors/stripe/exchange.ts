// One call to Stripe: headers, body and limits formed here, the reply read here. What is asked and what it means is decided by
// the callers; how it travels (proxy, retries, throttles) by whoever hands us `send`.
import { StatusError } from '../../errors/status-error.ts';
import type { Call, OutboundRequest, OutboundResponse, SessionContext } from '../../spi/connector.ts';
import { faultOfKey, keyMode, type StripeConfig } from './config.ts';
import { classifyReply, errorOfFault, readFault, type CallFacts, type StripeFault } from './errors.ts';
import { encodeForm, encodeMultipart, type Parameters } from './form.ts';
import { exceededBy, limitsOf, STRIPE_RATES, type Limit, type StripeRates } from './limits.ts';
import { isObject, type StripeObject } from './response.ts';
import type { Host } from './table.ts';
import { Turns } from './turns.ts';

export interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly host?: Host;
  readonly api?: 'v1' | 'v2';
  /** With its ids filled in. */
  readonly path: string;
  /** The path with its slots: what Stripe counts as one endpoint. */
  readonly endpoint: string;
  readonly parameters?: Parameters;
  readonly multipart?: boolean;
  /** Present on writes alone. */
  readonly idempotencyKey?: string;
  /** An attempt before this one may have had its effect. */
  readonly again?: boolean | undefined;
  /** Stripe's names of parameters → the names that callers know them by, where those are not the columns'. */
  readonly names?: ReadonlyMap<string, string>;
  /** Where the body was cut short the caller asks for less; all else is asked again as it was. */
  readonly asksForLess?: true;
  /** A connected account, instead of the connection's. */
  readonly account?: string | undefined;
}

export type Answer =
  | { readonly kind: 'object'; readonly object: StripeObject }
  /** `gone`: nothing is there to be deleted, after an attempt that may have deleted it. Stripe takes no keys of such calls. */
  | { readonly kind: 'fault'; readonly fault: StripeFault; readonly error: StatusError; readonly gone: boolean }
  /** A success whose body ends in the middle. */
  | { readonly kind: 'truncated'; readonly error: StatusError };

/** Keys whose values no log may show. */
const SENSITIVE: readonly string[] = [
  'account_number', 'authentication_token', 'authorization', 'client_secret', 'client_token', 'cryptogram', 'cvc', 'encrypted_number', 'file', 'iban', 'id_number',
  'id_number_secondary', 'number', 'payload', 'pin', 'private_key_file_password', 'routing_number', 'secret', 'secrets', 'signing_secret', 'sort_code', 'ssn_last_4', 'stripe-signature',
];

type Classify = OutboundRequest['classify'];

/** What ends in the middle is asked for again: a write under its key gives the same answer, whole. */
const unlessCut = (write: boolean): Classify => (reply) => (reply.cutShort === true ? 'retry' : classifyReply(reply, write));
const unlessBroken = (write: boolean): Classify => (reply) => (reply.cutShort === true || (reply.status < 300 && parseBody(reply) === undefined) ? 'retry' : classifyReply(reply, write));
const [classifyRead, classifyWrite] = [unlessBroken(false), unlessBroken(true)];
const [classifyBytes, classifyWrittenBytes] = [unlessCut(false), unlessCut(true)];
/** The page may have been too large for Stripe to give it whole: whoever asked asks for less. */
const classifyPage: Classify = (reply) => (reply.status < 300 ? 'done' : classifyReply(reply, false));

export class Exchange {
  private readonly config: StripeConfig;
  private readonly context: SessionContext;
  private readonly rates: StripeRates;
  private readonly limits = new Map<string, readonly Limit[]>();
  private readonly turns = new Turns();

  constructor(config: StripeConfig, context: SessionContext, rates: StripeRates = STRIPE_RATES) {
    this.config = config;
    this.context = context;
    this.rates = rates;
  }

  /** The key, fresh: its secret may have been changed or disabled since the last call. */
  async key(): Promise<string> {
    const key = await this.context.secret(this.config.secretVersion);
    const fault = faultOfKey(key);
    if (fault !== undefined) throw new StatusError('FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED', { message: fault });
    return key;
  }

  /** Asks, and throws what Stripe refused. */
  async object(call: Call, ask: Ask): Promise<StripeObject> {
    const answer = await this.ask(call, ask);
    if (answer.kind === 'object') return answer.object;
    if (answer.kind === 'fault' && answer.gone) return { deleted: true };
    throw answer.error;
  }

  async ask(call: Call, ask: Ask): Promise<Answer> {
    const whole = ask.method === 'GET' ? classifyRead : classifyWrite;
    const reply = await this.send(call, ask, ask.asksForLess === true ? classifyPage : whole);
    if (reply.status >= 300) {
      const repeats = ask.again === true || reply.outcomeBefore !== undefined;
      const gone = repeats && reply.status === 404 && ask.method === 'DELETE' && ask.api !== 'v2';
      const fault = readFault(reply);
      return { kind: 'fault', gone, fault, error: errorOfFault(fault, reply.headers, factsOf(ask, reply)) };
    }
    const object = parseBody(reply);
    return object === undefined ? { kind: 'truncated', error: unreadable(reply, ask) } : { kind: 'object', object };
  }

  /** Asks for bytes. */
  async bytes(call: Call, ask: Ask): Promise<OutboundResponse> {
    const reply = await this.send(call, ask, ask.method === 'GET' ? classifyBytes : classifyWrittenBytes);
    if (reply.cutShort === true) throw unreadable(reply, ask);
    if (reply.status < 300) return reply;
    throw errorOfFault(readFault(reply), reply.headers, factsOf(ask, reply));
  }

  /** Writes to one object take turns: Stripe refuses the second of two that come together. */
  private async send(call: Call, ask: Ask, classify: Classify): Promise<OutboundResponse> {
    return ask.method === 'GET' || !ask.endpoint.includes('{') ? this.sendNow(call, ask, classify) : this.turns.take(objectOf(ask), () => this.sendNow(call, ask, classify));
  }

  private async sendNow(call: Call, ask: Ask, classify: Classify): Promise<OutboundResponse> {
    const key = await this.key();
    const { method, parameters, idempotencyKey, account = this.config.accountId } = ask;
    const headers: Record<string, string> = { authorization: `Bearer ${key}`, 'stripe-version': this.config.apiVersion, 'user-agent': 'konektor' };
    if (account !== undefined) headers['stripe-account'] = account;
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
    let url = this.baseOf(ask.host) + ask.path;
    let body: string | Uint8Array | undefined;
    if (method !== 'POST') {
      const query = parameters === undefined ? '' : encodeForm(parameters);
      if (query !== '') url += `${url.includes('?') ? '&' : '?'}${query}`;
    } else {
      const [type, content] = bodyOf(ask);
      headers['content-type'] = type;
      body = content;
    }
    const limits = this.limitsOf(ask, keyMode(key));
    return this.context.send({
      method, url, headers, limits, exceeds: (reply) => exceededBy(reply, limits), sensitive: SENSITIVE,
      // Stripe keeps the answer of the first request under a key: sending it twice does it once.
      idempotent: method === 'GET' || idempotencyKey !== undefined,
      signal: call.signal, deadline: call.deadline, requestId: call.requestId, classify,
      ...(body === undefined ? {} : { body }),
    });
  }

  private baseOf(host: Host | undefined): string {
    if (host === 'files') return this.config.filesBase;
    return host === 'meter-events' ? this.config.meterEventsBase : this.config.apiBase;
  }

  private limitsOf(ask: Ask, mode: 'test' | 'live'): readonly Limit[] {
    const key = `${mode} ${ask.method} ${ask.endpoint}`;
    const known = this.limits.get(key);
    if (known !== undefined) return known;
    const made = limitsOf(ask, mode, this.rates);
    this.limits.set(key, made);
    return made;
  }
}

/** The path down to the first id: `/v1/payment_intents/pi_1` of `/v1/payment_intents/pi_1/confirm`. */
function objectOf({ path, endpoint, account = '' }: Ask): string {
  const depth = endpoint.slice(0, endpoint.indexOf('{')).split('/').length;
  return `${account} ${path.split('/', depth).join('/')}`;
}

function factsOf({ method, api, idempotencyKey, names }: Ask, { outcomeBefore }: OutboundResponse): CallFacts {
  return {
    write: method !== 'GET', keptUnderKey: method === 'POST' || api === 'v2', ...(outcomeBefore === undefined ? {} : { outcomeBefore }), ...(idempotencyKey === undefined ? {} : { idempotencyKey }), ...(names === undefined ? {} : { names }),
  };
}

function bodyOf({ api, parameters = {}, multipart }: Ask): readonly [type: string, content: string | Uint8Array] {
  if (multipart === true) {
    const { type, body } = encodeMultipart(parameters);
    return [type, body];
  }
  return api === 'v2' ? ['application/json', JSON.stringify(parameters)] : ['application/x-www-form-urlencoded', encodeForm(parameters)];
}

/** What was parsed when it was judged need not be parsed again when it is read. */
const parsed = new WeakMap<Uint8Array, StripeObject>();

function parseBody({ status, headers, body }: OutboundResponse): StripeObject | undefined {
  if (body.byteLength === 0) return status === 204 || headers['content-length'] === '0' ? {} : undefined;
  const known = parsed.get(body);
  if (known !== undefined) return known;
  const object = readObject(body);
  if (object !== undefined) parsed.set(body, object);
  return object;
}

function readObject(body: Uint8Array): StripeObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(reply: OutboundResponse, { method, idempotencyKey }: Ask): StatusError {
  const isWrite = method !== 'GET';
  return new StatusError('UNAVAILABLE', reply.cutShort === true ? 'BACKEND_UNAVAILABLE' : 'BACKEND_UNEXPECTED', {
    message: reply.cutShort === true ? 'Stripe\'s answer ended before it was whole' : 'Stripe\'s answer is not the JSON object that it should be',
    metadata: {
      httpStatus: String(reply.status), ...(reply.headers['request-id'] === undefined ? {} : { requestId: reply.headers['request-id'] }),
      ...(isWrite ? { outcome: 'unknown' } : {}), ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    },
  });
}
