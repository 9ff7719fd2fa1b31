// One process's part of a limit that several keep together: small blocks taken ahead of need, so that a call that is within the
// limit waits for no database. Where the database is away the process keeps to its share.
import type { Meter } from './bucket.ts';
import type { Clock } from './clock.ts';
import { orNothing, type SharedRates } from './shared.ts';

export interface LeaseParts {
  readonly key: string;
  /** What all processes have together in a window; it may change. */
  readonly most: () => number;
  readonly windowMs: number;
  /** How many processes take part, as far as is known. */
  readonly processes: () => number;
  /** How many wait for one here. */
  readonly waiting: () => number;
  readonly shared: SharedRates;
  readonly clock: Clock;
  /** Called when there may be one again. */
  readonly wake: () => void;
}

/** The part of a window's worth that is taken at once. */
const BLOCK = 0.1;
/** For so long the database is not asked again after it gave no answer. */
const ALONE_MS = 5_000;

export function createLease({ key, most, windowMs, processes, waiting, shared, clock, wake }: LeaseParts): Meter {
  /** What is left of what was taken; below 0 what was lent meanwhile and is still to be taken. */
  let balance = 0;
  let leasedAt = -Infinity;
  let asking = false;
  let exhaustedUntil = -Infinity;
  let aloneUntil = -Infinity;
  let alone = { window: -1, used: 0 };

  /** For those who wait more at once, so that a slow answer does not make the rate; never all that there is, since others wait elsewhere. */
  const needed = (): number => Math.max(block(), Math.min(waiting(), Math.ceil(most() / (2 * processes()))));
  const block = (): number => Math.max(1, Math.ceil(most() * BLOCK));

  /** What this process may let through by itself while the database says nothing. */
  function share(wanted: number, now: number): { readonly granted: number; readonly nextMs: number } {
    const window = Math.floor(now / windowMs);
    if (alone.window !== window) alone = { window, used: 0 };
    const granted = Math.max(0, Math.min(wanted, Math.max(1, Math.floor(most() / Math.max(1, processes()))) - alone.used));
    alone = { window, used: alone.used + granted };
    return { granted, nextMs: (window + 1) * windowMs - now };
  }

  async function ask(): Promise<void> {
    asking = true;
    const wanted = Math.max(0, -balance) + needed();
    // Awaited either way: who is told that there is one again may be the one who asks now.
    const answer = await (clock.now() < aloneUntil ? undefined : orNothing(shared.take(key, wanted, most(), windowMs), (ms, end) => clock.after(ms, end)));
    const now = clock.now();
    if (answer === undefined && now >= aloneUntil) aloneUntil = now + ALONE_MS;
    const { granted, nextMs } = answer ?? share(wanted, now);
    asking = false;
    balance += granted;
    leasedAt = now;
    if (granted < wanted) {
      exhaustedUntil = now + Math.max(1, nextMs);
      // What was lent is taken when there is more, also where nobody comes any more.
      clock.after(Math.max(1, nextMs), () => {
        if (balance < 1 && !asking) void ask();
      });
    }
    wake();
  }

  function refill(now: number): void {
    if (!asking && now >= exhaustedUntil) void ask();
  }

  return {
    wait(now) {
      // What was taken in a window that is long over was for calls that did not come.
      if (balance > 0 && now - leasedAt > windowMs) balance = 0;
      if (balance > -block()) return 0;
      refill(now);
      return Infinity;
    },
    take(now) {
      balance -= 1;
      if (balance < block()) refill(now);
    },
  };
}
