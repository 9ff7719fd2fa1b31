// What operations do, in the reader's words.
import type { useTranslation } from 'react-i18next';

export const VERBS = ['create', 'update', 'delete'] as const;

export function verbOf(verb: string | undefined, t: ReturnType<typeof useTranslation>['t']): string {
  const known = VERBS.find((one) => one === verb);
  return known === undefined ? verb ?? '' : t(`running.verbs.${known}`);
}
