// What operations do, in the reader's words.
import type { TFunction } from 'i18next';

export const VERBS = ['create', 'update', 'delete'] as const;

export function verbOf(verb: string | undefined, t: TFunction): string {
  const known = VERBS.find((one) => one === verb);
  // Key by key: the compiler follows no choice among the keys of so many words.
  const words = { create: t('running.verbs.create'), update: t('running.verbs.update'), delete: t('running.verbs.delete') };
  return known === undefined ? verb ?? '' : words[known];
}
