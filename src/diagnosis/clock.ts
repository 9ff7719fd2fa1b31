// How far the clock of this machine is from that of a source, by the date that an answer of it bears. It asks nobody.
import { failed, ok, skipped, warning, type Finding } from './step.ts';

export interface DatedAnswer {
  /** Its header `Date`: whole seconds of the source's clock, written somewhere between the request and the answer. */
  readonly date: string;
  /** By the clock here. */
  readonly receivedAt: Date;
  /** From the request to the answer. */
  readonly milliseconds: number;
}

const WARNING_S = 5;
const FAILURE_S = 300;

/** Tells no more than is known: of an answer that was long under way it is not known when its date was written. */
export function compareClocks({ date, receivedAt, milliseconds }: DatedAnswer): Finding {
  const theirs = Date.parse(date);
  if (Number.isNaN(theirs)) return skipped('CLOCK_UNTOLD');
  const apart = (receivedAt.getTime() - milliseconds / 2 - (theirs + 500)) / 1_000;
  const seconds = Math.max(0, Math.abs(apart) - milliseconds / 2_000);
  if (seconds < 1) return ok('CLOCK_AGREES');
  const tell = seconds < WARNING_S ? ok : seconds < FAILURE_S ? warning : failed;
  return tell(apart > 0 ? 'CLOCK_AHEAD' : 'CLOCK_BEHIND', { seconds: seconds.toFixed(1) });
}
