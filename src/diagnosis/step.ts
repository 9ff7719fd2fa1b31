// What a diagnosis is made of: steps, each of which looks at one thing and says how it is and what to do. It knows neither
// connections nor who asks.
import type { Code } from '../errors/codes.ts';
import { StatusError } from '../errors/status-error.ts';
import { wordsOf, type Facts, type FindingName } from './findings.ts';

export const OUTCOMES = ['ok', 'warning', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Finding {
  readonly outcome: Outcome;
  /** What was found, and its values; absent where it is what an error of a call says, which has a reason. */
  readonly finding?: FindingName;
  readonly facts?: Facts;
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
  const missing = new Map<string, Pick<Step, 'id' | 'title'>>();
  for (const { id, title, needs, look } of rows) {
    const first = needs.map((need) => missing.get(need)).find((one) => one !== undefined);
    const started = performance.now();
    const finding = first === undefined ? await withinTime(look(context)) : skipped('NOT_LOOKED_AT', { step: first.id, title: first.title });
    if (first !== undefined || finding.outcome === 'failed') missing.set(id, first ?? { id, title });
    steps.push({ id, title, ...finding, milliseconds: Math.round(performance.now() - started) });
  }
  return steps;
}

function found(outcome: Outcome, finding: FindingName, facts: Facts): Finding {
  const { says, hint } = wordsOf(finding, facts);
  const isWell = outcome === 'ok' || outcome === 'skipped';
  return { outcome, finding, facts, message: says, ...(isWell || hint === undefined ? {} : { hint }) };
}

export const ok = (finding: FindingName, facts: Facts = {}): Finding => found('ok', finding, facts);
export const skipped = (finding: FindingName, facts: Facts = {}): Finding => found('skipped', finding, facts);
export const warning = (finding: FindingName, facts: Facts = {}): Finding => found('warning', finding, facts);
export const failed = (finding: FindingName, facts: Facts = {}, code: Code = 'FAILED_PRECONDITION'): Finding => ({ ...found('failed', finding, facts), code });

/** What an error says, with the hint of its reason. */
export function failedBy(error: unknown): Finding {
  if (!(error instanceof StatusError)) return failed('SERVER_FAULT', {}, 'INTERNAL');
  return { outcome: 'failed', message: error.message, hint: error.hint, code: error.code, reason: error.reason };
}

async function withinTime(look: Promise<Finding>): Promise<Finding> {
  const { promise: tooLong, resolve } = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => resolve(failed('NO_ANSWER_IN_TIME', { seconds: LONGEST_STEP_MS / 1_000 }, 'DEADLINE_EXCEEDED')), LONGEST_STEP_MS);
  try {
    return await Promise.race([look.catch(failedBy), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
