// What a diagnosis is made of: steps, each of which looks at one thing and says how it is and what to do. It knows neither
// connections nor who asks.
import type { Code } from '../errors/codes.ts';
import { StatusError } from '../errors/status-error.ts';

export const OUTCOMES = ['ok', 'warning', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Finding {
  readonly outcome: Outcome;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Of what failed, for programs. */
  readonly code?: Code;
  readonly reason?: string;
}

/** A finding under the name of its step. */
export interface Step extends Finding {
  readonly id: string;
  readonly title: string;
  readonly milliseconds: number;
}

export interface StepRow<Context> {
  readonly id: string;
  readonly title: string;
  /** Steps without whose success this one would only repeat what they said. */
  readonly needs: readonly string[];
  readonly look: (context: Context) => Promise<Finding>;
}

const LONGEST_STEP_MS = 15_000;

/** Looks at everything, one after the other. What a step throws is its finding. */
export async function takeSteps<Context>(rows: readonly StepRow<Context>[], context: Context): Promise<readonly Step[]> {
  const steps: Step[] = [];
  /** What failed, and what was not looked at because of it; a step may also be skipped because there is nothing to look at. */
  const missing = new Map<string, string>();
  for (const { id, title, needs, look } of rows) {
    const first = needs.map((need) => missing.get(need)).find((one) => one !== undefined);
    const started = performance.now();
    const finding = first === undefined ? await withinTime(look(context)) : skipped(`Not looked at: "${first}" comes first.`);
    if (first !== undefined || finding.outcome === 'failed') missing.set(id, first ?? title);
    steps.push({ id, title, ...finding, milliseconds: Math.round(performance.now() - started) });
  }
  return steps;
}

export const ok = (message: string): Finding => ({ outcome: 'ok', message });
export const skipped = (message: string): Finding => ({ outcome: 'skipped', message });
export const warning = (message: string, hint: string): Finding => ({ outcome: 'warning', message, hint });
export const failed = (message: string, hint: string, code: Code = 'FAILED_PRECONDITION'): Finding => ({ outcome: 'failed', message, hint, code });

/** What an error says, with the hint of its reason. */
export function failedBy(error: unknown): Finding {
  if (!(error instanceof StatusError)) return { outcome: 'failed', message: 'This could not be looked at: a fault of the server.', hint: 'See its log.', code: 'INTERNAL' };
  return { outcome: 'failed', message: error.message, hint: error.hint, code: error.code, reason: error.reason };
}

async function withinTime(look: Promise<Finding>): Promise<Finding> {
  const { promise: tooLong, resolve } = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => resolve(failed(`No answer within ${LONGEST_STEP_MS / 1_000} s.`, 'Look at what lies between, such as a firewall that drops without a word.', 'DEADLINE_EXCEEDED')), LONGEST_STEP_MS);
  try {
    return await Promise.race([look.catch(failedBy), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
