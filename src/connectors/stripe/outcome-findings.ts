// What can be found out about a write whose answer was lost, each under a stable name: for those who say the same in other languages.
// It does not know when something is found.
import { filled } from '../../errors/filled.ts';
import type { WriteTold } from '../../spi/writes.ts';

export const OUTCOME_FINDINGS = {
  EVENTS_TELL_DONE: "Stripe's events under its key tell that it was done: {{events}}.",
  EVENTS_TELL_DECLINED: "Stripe's events tell that it was declined: {{events}}.",
  SENT_JUST_NOW: 'It was sent a moment ago and may still be at work: ask again in ten seconds.',
  EVENTS_TOO_OLD: 'No event under its key was found, but Stripe lists events for thirty days only: look at what is there.',
  EVENTS_TOO_MANY: 'No event under its key was found, but more than {{most}} events lie in the time in which it was sent: look at what is there.',
  CREATION_UNTOLD: 'No event under its key was found, and Stripe does not tell by events when a {{name}} is made: look for it by what it was to hold.',
  CREATION_NOT_DONE: 'Stripe tells by an event when a {{name}} is made, and there is none under its key: it was not done.',
  CHANGE_UNTOLD: 'No event under its key was found, and Stripe does not tell by events when a {{name}} changes: read the row and compare.',
  CHANGE_NOT_DONE: 'Stripe tells by an event when a {{name}} changes, and there is none under its key: it changed nothing.',
  ROW_UNREAD: 'No event under its key was found, and the row could not be read.',
  ROW_DELETED: 'The row is gone; whether by this write cannot be told.',
  ROW_NOT_DELETED: 'The row is there: it was not deleted.',
  ROW_GONE: 'The row is gone, and no event tells that it was changed before.',
  ACTION_UNTOLD: 'No event under its key was found; read what the action was for.',
  ACTION_AT_ITS_END: 'It is {{status}}, which is where the action leads; whether by this write cannot be told.',
  ACTION_NOT_DONE: 'It is {{status}}, as before the action, and no event tells of the action: it was not done.',
  ACTION_UNCLEAR: 'It is {{status}}, from which it cannot be told whether the action was done.',
} as const;

export type OutcomeFinding = keyof typeof OUTCOME_FINDINGS;

export function outcomeTold(finding: OutcomeFinding, facts: Readonly<Record<string, string>> = {}): WriteTold {
  return { sentence: filled(OUTCOME_FINDINGS[finding], facts), finding, facts };
}
