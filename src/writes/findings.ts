// What is told of a write by us, each under a stable name: for those who say the same in other languages. What is found out at the source
// its connector says.
import { filled } from '../errors/filled.ts';
import type { WriteTold } from '../spi/writes.ts';

export const WRITE_FINDINGS = {
  CANNOT_FIND_OUT: 'This connector cannot find out how writes ended.',
  SAID_BY: '{{who}} said so.',
  SENT_AGAIN: 'Somebody sent it again meanwhile.',
  UNDER_WAY: 'It is under way.',
  SETTLED_BEFORE: 'It was settled before.',
  ROWS_OPEN: '{{done}} rows are written, and of {{open}} it is not known: reconcile those first.',
  ROWS_SETTLED: '{{done}} rows are written, and no row is open: sent again under its Idempotency-Key it goes on with the others.',
} as const;

export type WriteFindingName = keyof typeof WRITE_FINDINGS;

export function writeTold(finding: WriteFindingName, facts: Readonly<Record<string, string>> = {}): WriteTold {
  return { sentence: filled(WRITE_FINDINGS[finding], facts), finding, facts };
}
