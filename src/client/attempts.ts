// When a call is sent again, and after how long: only what has its effect once however often it is sent. It knows errors and
// time, and no rows.
import { StatusError } from '../errors/status-error.ts';

/** How many times more a call is sent; 0 sends it once. */
export const USUAL_RETRIES = 3;

const SHORTEST_MS = 200;
const LONGEST_MS = 5_000;
/** A caller who is told to wait longer hears of it rather than waiting. */
const LONGEST_TOLD_MS = 60_000;

export interface Attempts {
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
}

/** @throws StatusError of the last attempt; CALLER_LEFT where the signal ends the wait. */
export async function attempted<Answer>(send: () => Promise<Answer>, { retries, signal }: Attempts): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const delay = attempt < retries ? delayOf(error, attempt) : undefined;
      if (delay === undefined) throw error;
      await wait(delay, signal);
    }
  }
}

/** Milliseconds until it may be sent again; undefined where that would not help. */
function delayOf(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof StatusError)) return undefined;
  const { code, reason, retryAfterMs } = error;
  // The first request under the key is still under way: its answer comes under the same key.
  const mayHelp = code === 'UNAVAILABLE' || (code === 'RESOURCE_EXHAUSTED' && retryAfterMs !== undefined) || reason === 'IDEMPOTENCY_KEY_IN_USE';
  if (!mayHelp || (retryAfterMs ?? 0) > LONGEST_TOLD_MS) return undefined;
  const own = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** attempt);
  // Spread, so that many who were refused together do not come together again.
  return Math.max(retryAfterMs ?? 0, own * (0.5 + Math.random() / 2));
}

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const left = (): void => {
      clearTimeout(timer);
      reject(new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left while the call waited to be sent again.', cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', left);
      resolve();
    }, ms);
    if (signal?.aborted === true) left();
    else signal?.addEventListener('abort', left, { once: true });
  });
}
