// How far long work is, on one line of a terminal; nothing where nobody watches.
import type { Terminal } from './deeds.ts';

const BETWEEN_MS = 200;
const BAR = 24;

export interface ShownProgress {
  readonly progress: (count: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** @param what such as `Backing up`. @param of how many there will be, where that is known */
export function createProgress({ err }: Pick<Terminal, 'err'>, what: string, of?: number): ShownProgress {
  const begunAt = Date.now();
  let [shownAt, isShown] = [begunAt, false];
  return {
    progress(count) {
      const now = Date.now();
      if (err.isTTY !== true || now - shownAt < BETWEEN_MS) return;
      [shownAt, isShown] = [now, true];
      const pace = Math.round((count * 1_000) / (now - begunAt));
      err.write(`\r${what}: ${bar(count, of)}${count.toLocaleString('en')}${of === undefined ? '' : ` of ${of.toLocaleString('en')}`} rows, ${pace.toLocaleString('en')} a second\u001b[K`);
    },
    end: () => void (isShown && err.write('\r\u001b[K')),
  };
}

/** Full where the end is known; else something that moves. */
function bar(count: number, of: number | undefined): string {
  const done = of === undefined ? undefined : Math.round((BAR * Math.min(count, of)) / Math.max(1, of));
  return done === undefined ? '' : `[${'#'.repeat(done)}${'.'.repeat(BAR - done)}] `;
}
