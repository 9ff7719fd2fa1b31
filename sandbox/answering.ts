// From a request on the socket to what goes back: what watches and steers the sandbox, its pages, limits, faults on purpose, and else the
// API. It must not know what requests mean.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { askingOf, dispatch, keyOf } from './dispatch.ts';
import type { Asked, Reply, World } from './dispatch.ts';
import { StripeError } from './errors.ts';
import { Faults, faultOfHeader } from './faults.ts';
import type { Fault } from './faults.ts';
import { authenticate } from './keys.ts';
import { observe } from './observation.ts';
import { Seen } from './observation.ts';
import { pageFor } from './pages.ts';
import { Limits } from './rate-limits.ts';
import type { LimitSettings } from './rate-limits.ts';
import { steer } from './steering.ts';

/** What stands between the socket and the API. */
export interface Front {
  readonly world: World;
  readonly seen: Seen;
  readonly faults: Faults;
  readonly limits: Limits;
}

/** A front with nothing seen, no faults, and the limits it is given. */
export function frontOf(world: World, limits?: LimitSettings): Front {
  return { world, seen: new Seen(), faults: new Faults(), limits: new Limits(limits) };
}

/** Answers one request. */
export function answer(front: Front, request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  const { world, seen, faults } = front;
  const asked: Asked = { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers, body };
  const path = asked.url.split('?', 1)[0] ?? asked.url;
  if (path.startsWith('/_sandbox/')) {
    send(response, observed(front, asked, path));
    return;
  }
  const key = request.headers['idempotency-key'];
  const own = faultOfHeader(request.headers['sandbox-fault']);
  const fault = own instanceof StripeError || own !== undefined ? own : faults.take(asked.method, path);
  const told = seen.note(asked.method, asked.url, world.now(), typeof key === 'string' ? key : undefined);
  const reply = (made: Reply): void => {
    told({ status: made.status, requestId: headerOf(made, 'request-id'), ...(fault === undefined || fault instanceof StripeError ? {} : { fault: fault.name }) });
    send(response, made);
  };
  if (fault instanceof StripeError) {
    reply(refusal(fault));
    return;
  }
  const leave = admit(front, asked, reply);
  if (leave === undefined) return;
  response.once('close', leave);
  if (fault === undefined) reply(dispatch(world, asked));
  else suffer(front, asked, path, fault, request, response, reply, (how) => told({ fault: fault.name, ...how }));
}

function headerOf(reply: Reply, name: string): string {
  const at = reply.headers.indexOf(name);
  return at < 0 ? '' : (reply.headers[at + 1] ?? '');
}

/** Lets a request past the limits; undefined where it was refused, and answered. */
function admit({ world, limits }: Front, asked: Asked, reply: (made: Reply) => void): (() => void) | undefined {
  if (!limits.isOn()) return () => undefined;
  const asking = askingOf(asked);
  if (asking === undefined) return () => undefined;
  try {
    return limits.enter(asking, world.now());
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    reply(refusal(error));
    return undefined;
  }
}

function refusal(error: StripeError): Reply {
  return { status: error.status, headers: [...Object.entries(error.headers).flat(), 'request-id', 'req_refused'], body: JSON.stringify({ error: error.body }) };
}

function observed(front: Front, asked: Asked, path: string): Reply {
  const { world, seen, faults, limits } = front;
  try {
    const page = pageFor(world, asked, path);
    if (page !== undefined) return page;
    const body = asked.body?.toString() ?? '';
    const query = new URLSearchParams(asked.url.split('?')[1] ?? '');
    const told = steer(world, asked.method, path, body) ?? observe({ method: asked.method, path, query, body }, { store: world.store, seen, faults, limits });
    return { status: 200, headers: [], body: JSON.stringify(told) };
  } catch (error) {
    if (error instanceof StripeError) return { status: error.status, headers: [], body: JSON.stringify({ error: error.body }) };
    throw error;
  }
}

type How = { readonly status?: number; readonly requestId?: string };

function suffer({ world, faults }: Front, asked: Asked, path: string, fault: Fault, request: IncomingMessage, response: ServerResponse, reply: (made: Reply) => void, told: (how: How) => void): void {
  const cut = (): void => {
    request.socket.destroy();
  };
  const later = (work: () => void): void => faults.after(fault.delayMs, work);
  switch (fault.kind) {
    case 'reset':
      told({});
      later(cut);
      return;
    case 'reset_after':
      told({ requestId: headerOf(dispatch(world, asked), 'request-id') });
      later(cut);
      return;
    case 'hang':
      told({});
      return;
    case 'truncate': {
      const made = dispatch(world, asked);
      told({ requestId: headerOf(made, 'request-id') });
      later(() => sendHalf(response, made, cut));
      return;
    }
    case 'fail':
    case 'fail_after':
      later(() => reply(dispatch(world, asked, fault.kind === 'fail' ? 'before' : 'after')));
      return;
    case 'answer':
      later(() => reply({ status: fault.status, headers: ['request-id', 'req_fault', ...Object.entries(fault.headers).flat()], body: fault.body }));
      return;
    case 'delay': {
      const free = holdKey(world, asked, path);
      later(() => {
        free();
        reply(dispatch(world, asked));
      });
    }
  }
}

/** While a delayed request waits, its idempotency key is in use. */
function holdKey(world: World, asked: Asked, path: string): () => void {
  try {
    const key = keyOf(asked, path);
    const { inUse } = world.store.scope(authenticate(asked.headers).scope);
    if (key === undefined || inUse.has(key)) return () => undefined;
    inUse.add(key);
    return () => inUse.delete(key);
  } catch {
    return () => undefined;
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const { headers, body } = reply;
  if (!headers.includes('content-type')) headers.push('content-type', 'application/json');
  headers.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(reply.status, headers);
  response.end(body);
}

/** Says how long the answer is, sends half of it, and cuts. */
function sendHalf(response: ServerResponse, reply: Reply, cut: () => void): void {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, [...reply.headers, 'content-type', 'application/json', 'content-length', String(bytes.length)]);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), cut);
}
