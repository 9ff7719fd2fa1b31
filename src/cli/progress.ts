// How far long work is, on one line of a terminal; nothing where nobody watches.
import type { Terminal } from './deeds.ts';

const BETWEEN_MS = 200;
const BAR = 24;
const MOVING = 4;

export interface ShownProgress {
  readonly progress: (count: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** @param what such as `Backing up`. @param of how many there will be, where that is known */
export function createProgress({ err }: Pick<Terminal, 'err'>, what: string, of?: number): ShownProgress {
  const begunAt = Date.now();
  let [shownAt, shown] = [begunAt, 0];
  return {
    progress(count) {
      const now = Date.now();
      if (err.isTTY !== true || now - shownAt < BETWEEN_MS) return;
      [shownAt, shown] = [now, shown + 1];
      const pace = Math.round((count * 1_000) / (now - begunAt));
      err.write(`\r${what}: ${bar(count, of, shown)}${count.toLocaleString('en')}${of === undefined ? '' : ` of ${of.toLocaleString('en')}`} rows, ${pace.toLocaleString('en')} a second\u001b[K`);
    },
    end: () => void (shown > 0 && err.write('\r\u001b[K')),
  };
}

/** Full where the end is known; else something that goes to and fro, a step each time that it is shown. */
function bar(count: number, of: number | undefined, step: number): string {
  if (of !== undefined) {
    const done = Math.round((BAR * Math.min(count, of)) / Math.max(1, of));
    return `[${'#'.repeat(done)}${'.'.repeat(BAR - done)}] `;
  }
  const room = BAR - MOVING;
  const at = room - Math.abs(room - (step % (2 * room)));
  return `[${'.'.repeat(at)}${'#'.repeat(MOVING)}${'.'.repeat(room - at)}] `;
}
