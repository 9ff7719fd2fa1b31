// The listener that writes a log: one JSON line per event on standard error, scrubbed as a whole.
import { pino } from 'pino';
import type { Observe, ObservedEvent } from './events.ts';
import { scrub } from './scrub.ts';

/** @param level a pino level, or `silent`. */
export function createLogger(level: string): Observe {
  const log = pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, {
    write: (line: string) => process.stderr.write(scrub(line)),
  });
  return (event) => {
    const level = levelOf(event);
    // Most events are of levels that nobody listens to; making their lines would cost every request.
    if (!log.isLevelEnabled(level)) return;
    const { kind, ...facts } = plain(event);
    log[level](facts, kind);
  };
}

function levelOf(event: ObservedEvent): 'error' | 'warn' | 'info' | 'debug' {
  switch (event.kind) {
    case 'fault':
      return 'error';
    case 'outboundFailure':
      return 'warn';
    case 'notice':
    case 'nodes':
    case 'writeReconciled':
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

function plain(event: ObservedEvent): { readonly kind: string } & Record<string, unknown> {
  if (event.kind !== 'fault') return { ...event };
  const { error } = event;
  return { kind: event.kind, requestId: event.requestId, ...(error instanceof Error ? { error: error.message, stack: error.stack } : { error }) };
}
