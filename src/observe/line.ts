// What an event looks like as a line of a log: its name, how grave it is, its facts with every text scrubbed. Whoever writes or
// keeps lines makes them here, so that none holds more than another.
import type { ObservedEvent } from './events.ts';
import { decoded } from './redact.ts';
import { scrubDeep } from './scrub.ts';

export type LoggedEvent = Exclude<ObservedEvent, { readonly kind: 'verbosity' }>;
export type LineLevel = 'error' | 'warn' | 'info' | 'debug';

export interface Line {
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function lineOf(event: LoggedEvent): Line {
  const { kind, ...facts } = plain(event);
  return { kind, facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, scrubDeep(value)])) };
}

export function levelOf(event: LoggedEvent): LineLevel {
  switch (event.kind) {
    case 'fault':
      return 'error';
    case 'outboundFailure':
      return 'warn';
    case 'notice':
    case 'nodes':
    case 'writeReconciled':
    case 'trace':
      return 'info';
    case 'write':
      return event.outcome === 'unknown' ? 'warn' : 'debug';
    case 'request':
    case 'transaction':
    case 'outbound':
    case 'throttled':
    case 'queued':
    case 'shaped':
      return 'debug';
  }
}

function plain(event: LoggedEvent): { readonly kind: string } & Readonly<Record<string, unknown>> {
  if (event.kind === 'fault') {
    const { kind, requestId, error } = event;
    return { kind, requestId, ...(error instanceof Error ? { error: error.message, stack: error.stack } : { error }) };
  }
  if (event.kind === 'trace') {
    const { connection, requestId, verbosity, what, facts } = event;
    return { kind: what, connection, requestId, verbosity, ...facts };
  }
  // In an address that is encoded no secret would be seen.
  if (event.kind === 'request') return { ...event, path: decoded(event.path) };
  return event.kind === 'transaction' ? { ...event, verbosity: 1, started: new Date(Date.now() - event.milliseconds).toISOString() } : { ...event };
}
