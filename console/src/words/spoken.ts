// The words of each language, loaded when it is first spoken: nobody waits for those of another. What is here is whole, so that a
// page has all of its words or none.
import { useTranslation } from 'react-i18next';
import type { Words } from './en.ts';
import type { Told } from './told.ts';

export const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia' } as const;
export type Language = keyof typeof LANGUAGES;

interface Spoken {
  readonly words: Words;
  readonly told: Told;
}

const FILES: Readonly<Record<Language, () => Promise<Spoken>>> = {
  async en() {
    const { en, told } = await import('./en.ts');
    return { words: en, told };
  },
  async id() {
    const { id, told } = await import('./id.ts');
    return { words: id, told };
  },
};

const here = new Map<string, Spoken>();

export const isHere = (language: Language): boolean => here.has(language);

/** Rejects where they cannot be loaded. */
export async function loadWords(language: Language): Promise<Words> {
  const spoken = here.get(language) ?? (await FILES[language]());
  here.set(language, spoken);
  return spoken.words;
}

function useSpoken(): Spoken {
  const { language } = useTranslation().i18n;
  const spoken = here.get(language);
  if (spoken === undefined) throw new Error(`The page speaks "${language}" before its words are here.`);
  return spoken;
}

/** All of them, for keys that the server gives. */
export function useWords(): Words {
  return useSpoken().words;
}

/** The server may give others than those known here. */
export function wordFor<Word>(words: Readonly<Record<string, Word>>, key: string): Word | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** Those for what the server tells. */
export function useToldTable(): Told {
  return useSpoken().told;
}
