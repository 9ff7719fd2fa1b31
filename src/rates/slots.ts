// A limit as the one who sets it counts: never more than so many in any window of time, wherever the window begins. A call
// holds its slot from before it leaves until a window after it has come back, since at some moment in between it was counted.
import type { Meter } from './bucket.ts';

export interface Slots extends Meter {
  /** The call that took one is back. */
  leave(now: number): void;
  /** The limit was exceeded all the same: fewer for a moment. */
  slow(now: number): void;
  /** Nobody holds one, or did lately. */
  idle(now: number): boolean;
}

/** A window is counted in so many parts, each given back as a whole: the memory is the same for any limit. */
const PARTS = 50;
const SLOWEST = 1 / 8;
const SLOW_MS = 1_000;

/** @param most 1 or more in each `windowMs`. */
export function createSlots(most: number, windowMs: number): Slots {
  const partMs = windowMs / PARTS;
  /** By part, how many came back in it; the ring is one part longer than the window. */
  const back = new Uint32Array(PARTS + 1);
  let part = 0;
  let resting = 0;
  let held = 0;
  let pace = 1;
  let slowedAt = -Infinity;

  function roll(now: number): void {
    const current = Math.floor(now / partMs);
    for (let next = Math.max(part + 1, current - PARTS); next <= current; next += 1) {
      resting -= back[next % back.length] ?? 0;
      back[next % back.length] = 0;
    }
    part = Math.max(part, current);
    while (pace < 1 && now - slowedAt >= SLOW_MS) {
      pace *= 2;
      slowedAt += SLOW_MS;
    }
  }

  /** When the oldest part that holds any is given back. */
  function nextFree(): number {
    for (let oldest = part - PARTS; oldest <= part; oldest += 1) {
      if (oldest >= 0 && (back[oldest % back.length] ?? 0) > 0) return (oldest + 1 + PARTS) * partMs;
    }
    return Infinity;
  }

  return {
    wait(now) {
      roll(now);
      if (held + resting < Math.max(1, Math.floor(most * pace))) return 0;
      const free = nextFree();
      // What slows down recovers by itself; what is held is told of by who holds it.
      return Math.max(1, Math.min(free, pace < 1 ? slowedAt + SLOW_MS : Infinity) - now);
    },
    take: () => void (held += 1),
    leave(now) {
      roll(now);
      held -= 1;
      resting += 1;
      back[part % back.length] = (back[part % back.length] ?? 0) + 1;
    },
    slow(now) {
      roll(now);
      // Replies to calls that left together tell of one and the same excess.
      if (now - slowedAt < SLOW_MS / 4) return;
      pace = Math.max(SLOWEST, pace / 2);
      slowedAt = now;
    },
    idle(now) {
      roll(now);
      return held === 0 && resting === 0 && pace === 1;
    },
  };
}
