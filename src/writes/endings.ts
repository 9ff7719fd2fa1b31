// Ends of tries on their way to the store. Who waits for one is told when it is stored, or at once when the store fails: the
// answer is true all the same, and under the same key the source gives it again. What is not stored yet is tried until it is.
import type { Observe } from '../observe/events.ts';
import type { Ending } from './model.ts';
import type { WriteRepository } from './repository.ts';

export interface Endings {
  /** Ends when it is stored, or cannot be for the moment. Never throws. */
  add(ending: Ending): Promise<void>;
  /** How many are not stored. */
  readonly waiting: number;
  /** Tries once more to store what waits. @returns how many could not be stored. */
  close(): Promise<number>;
}

export interface EndingsParts {
  readonly repository: Pick<WriteRepository, 'end'>;
  readonly observe: Observe;
  readonly pauseMs?: number;
  /** How long an answer waits for its end to be stored. */
  readonly patienceMs?: number;
}

const MOST = 200;

interface Waiting {
  readonly ending: Ending;
  readonly told: () => void;
}

export function createEndings({ repository, observe, pauseMs = 1_000, patienceMs = 10_000 }: EndingsParts): Endings {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const group = waiting.slice(0, MOST);
        await repository.end(group.map(({ ending }) => ending));
        waiting = waiting.slice(group.length);
        failing = false;
        for (const { told } of group) told();
      }
    } catch (error) {
      if (!failing) observe({ kind: 'fault', requestId: 'writes', error });
      failing = true;
      for (const { told } of waiting) told();
      timer ??= setTimeout(() => {
        timer = undefined;
        void flush();
      }, pauseMs).unref();
    }
  }

  function flush(): Promise<void> {
    running ??= drain().finally(() => { running = undefined; });
    return running;
  }

  return {
    async add(ending) {
      const stored = new Promise<void>((told) => waiting.push({ ending, told }));
      void flush();
      const late = setTimeoutPromise(patienceMs);
      await Promise.race([stored, late.over]);
      late.clear();
    },
    get waiting() {
      return waiting.length;
    },
    async close() {
      clearTimeout(timer);
      // One that is under way may have begun before the last was added.
      await running;
      if (waiting.length > 0) await flush();
      clearTimeout(timer);
      return waiting.length;
    },
  };
}

function setTimeoutPromise(milliseconds: number): { readonly over: Promise<void>; readonly clear: () => void } {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, milliseconds);
  return { over: over.promise, clear: () => clearTimeout(timer) };
}
