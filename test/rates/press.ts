// Callers that press on a connection, and what became of each call. A call that is refused comes back when it was told to.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './world.ts';

export interface Pressing {
  /** Makes one call as a caller. */
  readonly call: (caller: number, number: number) => Promise<Answer>;
  readonly callers: number;
  /** Calls a second of all callers together, at an even pace, whatever becomes of those before. */
  readonly perSecond: number;
  readonly seconds: number;
}

export interface Pressed {
  /** Seconds from the beginning at which a call was answered with 200, by caller. */
  readonly accepted: readonly (readonly number[])[];
  /** Calls sent, without those that came back. */
  readonly sent: number;
  /** Refusals with 429, each checked to say when to come back. */
  readonly refused: number;
  /** Calls that came back when they were told to, and of them those that were refused again. */
  readonly returned: number;
  readonly refusedAgain: number;
  /** What was neither 200 nor such a 429, once each. */
  readonly strange: readonly string[];
}

const LONGEST_DRAIN_MS = 15_000;

export async function press({ call, callers, perSecond, seconds }: Pressing): Promise<Pressed> {
  const accepted = Array.from({ length: callers }, (): number[] => []);
  const strange = new Set<string>();
  const [started, running] = [performance.now(), new Set<Promise<void>>()];
  const end = started + seconds * 1_000;
  let [sent, refused, returned, refusedAgain] = [0, 0, 0, 0];

  async function once(caller: number, number: number): Promise<number | undefined> {
    const { status, body } = await call(caller, number);
    if (status === 200) accepted[caller]?.push((performance.now() - started) / 1_000);
    if (status === 200) return undefined;
    const delay = retryDelay(status, body);
    if (delay === undefined) strange.add(`${status} ${JSON.stringify(body).slice(0, 300)}`);
    return delay;
  }

  async function one(caller: number, number: number): Promise<void> {
    sent += 1;
    const delay = await once(caller, number);
    if (delay === undefined) return;
    refused += 1;
    // What would come back after the end is not waited for.
    if (performance.now() + delay > end) return;
    await sleep(delay);
    returned += 1;
    if ((await once(caller, number)) !== undefined) refusedAgain += 1;
  }

  const everyMs = (callers * 1_000) / perSecond;
  await Promise.all(Array.from({ length: callers }, async (_each, caller) => {
    for (let number = 0; ; number += 1) {
      const at = started + (caller / callers + number) * everyMs;
      if (at >= end) return;
      await sleep(Math.max(0, at - performance.now()));
      const running1 = one(caller, number).catch((error: unknown) => void strange.add(String(error)));
      running.add(running1);
      void running1.finally(() => running.delete(running1));
    }
  }));
  await Promise.race([Promise.all(running), sleep(LONGEST_DRAIN_MS)]);
  return { accepted, sent, refused, returned, refusedAgain, strange: [...strange] };
}

/** The delay of a well-formed refusal in ms; undefined for anything else. */
export function retryDelay(status: number, body: Answer['body']): number | undefined {
  const error = body['error'] as { readonly code: number; readonly status: string; readonly details: readonly Readonly<Record<string, unknown>>[] } | undefined;
  if (status !== 429 || error?.code !== 429 || error.status !== 'RESOURCE_EXHAUSTED') return undefined;
  const detail = (type: string): Readonly<Record<string, unknown>> | undefined => error.details.find((one) => one['@type'] === `type.googleapis.com/google.rpc.${type}`);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(String(detail('RetryInfo')?.['retryDelay']))?.[1];
  return detail('ErrorInfo')?.['reason'] === 'RATE_LIMIT_EXCEEDED' && seconds !== undefined ? Number(seconds) * 1_000 : undefined;
}

/** How many of these moments lie in [from, to). */
export function countIn(moments: readonly number[], from: number, to: number): number {
  return moments.filter((at) => at >= from && at < to).length;
}
