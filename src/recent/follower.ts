// Somebody who follows lines: those that come while nobody takes them wait, up to a bound, and what is beyond is told of as a gap. An
// empty batch comes first, and then every few seconds where nothing else does: so that both ends know that the other is there.
import type { LogLine } from './log.ts';

export interface Follower {
  take(line: LogLine): void;
  end(): void;
  readonly batches: AsyncIterable<readonly LogLine[]>;
}

export interface FollowerParts {
  readonly before: readonly LogLine[];
  readonly passes: (line: LogLine) => boolean;
  readonly signal: AbortSignal;
  /** Told once, when it is over. */
  readonly left: () => void;
}

const MOST_WAITING = 1_000;
const BEAT_MS = 15_000;

export function createFollower({ before, passes, signal, left }: FollowerParts): Follower {
  let waiting = [...before];
  let lost = 0;
  const ended = new AbortController();
  let wake = (): void => undefined;
  const over = AbortSignal.any([signal, ended.signal]);
  over.addEventListener('abort', () => {
    wake();
    left();
  }, { once: true });

  /** Ends with the next line, or when it is time for a beat. */
  const nextLine = (): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, BEAT_MS).unref();
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

  async function* batches(): AsyncGenerator<readonly LogLine[]> {
    try {
      do {
        const batch = lost === 0 ? waiting : [...waiting, gap(waiting.at(-1), lost)];
        [waiting, lost] = [[], 0];
        yield batch;
        if (waiting.length === 0 && !over.aborted) await nextLine();
      } while (!over.aborted);
    } finally {
      ended.abort();
    }
  }

  return {
    take(line) {
      if (!passes(line)) return;
      if (waiting.length < MOST_WAITING) waiting.push(line);
      else lost += 1;
      wake();
    },
    end: () => ended.abort(),
    batches: batches(),
  };
}

function gap(last: LogLine | undefined, lost: number): LogLine {
  return { id: (last?.id ?? 0) + 1, time: new Date().toISOString(), severity: 'WARNING', verbosity: 1, message: 'linesLost', requestId: undefined, facts: { lost } };
}
