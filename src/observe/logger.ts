// The listener that writes a log: one JSON line per event on standard error, every text in it scrubbed. What a connection asks for by its
// verbosity is written whatever the level of the log, but for a silent one.
import { pino } from 'pino';
import type { Observe } from './events.ts';
import { levelOf, lineOf } from './line.ts';

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
    const { kind, facts } = lineOf(event);
    into[at](facts, kind);
  };
}
