// What the server tells in English, in the reader's language as far as it has a stable name and that language has words for it.
import { useTranslation } from 'react-i18next';
import { told as indonesian, type Told } from './id/told.ts';

const TOLD: Readonly<Record<string, Told>> = { id: indonesian };

export interface ToldWords {
  /** What to do about an error, by its reason; undefined where the server's own words are the reader's. */
  readonly hintOf: (reason: string) => string | undefined;
  /** The title of a step of a diagnosis. */
  readonly titleOf: (step: { readonly id: string; readonly title: string }) => string;
  /** For the element around the server's own words: its language where the page has another. */
  readonly servers: { readonly lang?: 'en' };
}

export function useTold(): ToldWords {
  const { language } = useTranslation().i18n;
  return toldIn(language);
}

export function toldIn(language: string): ToldWords {
  const words = TOLD[language];
  return {
    hintOf: (reason) => words?.reasons[reason],
    titleOf: ({ id, title }) => words?.steps[id] ?? title,
    servers: language === 'en' ? {} : { lang: 'en' },
  };
}
