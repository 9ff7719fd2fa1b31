// The listener that writes a log: one JSON line per event on standard error, every text in it scrubbed. What a connection asks for by its
// verbosity is written whatever the level of the log, but for a silent one.
import { pino } from 'pino';
import type { Observe, ObservedEvent } from './events.ts';
import { decoded } from './redact.ts';
import { scrubDeep } from './scrub.ts';

type Write = (text: string) => void;

/** @param level a pino level, or `silent`. */
export function createLogger(level: string, write: Write = (text) => void process.stderr.write(text)): Observe {
  const made = (least: string): pino.Logger => pino({ level: least, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, { write });
  const log = made(level);
  const asked = level === 'silent' ? log : made('info');
  /** The verbosity of connections that ask for one. */
  const verbosities = new Map<string, number>();

  return (event) => {
    if (event.kind === 'verbosity') {
      if (event.level === undefined) verbosities.delete(event.connection);
      else verbosities.set(event.connection, event.level);
      return;
    }
    const isAsked = event.kind === 'trace' || (event.kind === 'transaction' && verbosities.size > 0 && verbosities.has(event.connection));
    const [into, at] = isAsked ? [asked, 'info' as const] : [log, levelOf(event)];
    // Most events are of levels that nobody listens to; making their lines would cost every request.
    if (!into.isLevelEnabled(at)) return;
    const { kind, ...facts } = plain(event);
    into[at](scrubDeep(facts), kind);
  };
}

function levelOf(event: Exclude<ObservedEvent, { readonly kind: 'verbosity' }>): 'error' | 'warn' | 'info' | 'debug' {
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

function plain(event: ObservedEvent): { readonly kind: string } & Readonly<Record<string, unknown>> {
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
