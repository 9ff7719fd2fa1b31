// Load with a fixed number of calls in flight, and what it showed.

export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Calls `once` with `inFlight` callers for `seconds`, after a warm-up that is not counted. Latencies in milliseconds. */
export async function measure(once: () => Promise<unknown>, inFlight: number, seconds: number): Promise<Measured> {
  await run(once, inFlight, Math.min(seconds, 2));
  return run(once, inFlight, seconds);
}

async function run(once: () => Promise<unknown>, inFlight: number, seconds: number): Promise<Measured> {
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1_000;
  const caller = async (): Promise<void> => {
    for (let at = performance.now(); at < end; at = performance.now()) {
      await once();
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const perSecond = latencies.length / ((performance.now() - started) / 1_000);
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.min(Math.floor(latencies.length * part), latencies.length - 1)] ?? 0;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

/** The better of several measurements taken in turn, so that a disturbed moment of the machine favours nobody. */
export async function inTurn(rounds: number, contenders: readonly (() => Promise<Measured>)[]): Promise<readonly Measured[]> {
  const best: (Measured | undefined)[] = contenders.map(() => undefined);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const measured = await contender();
      if ((best[index]?.perSecond ?? 0) < measured.perSecond) best[index] = measured;
    }
  }
  return best.filter((one) => one !== undefined);
}
