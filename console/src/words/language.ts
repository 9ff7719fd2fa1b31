// The language of the page: chosen here, remembered by the browser, else the browser's own. Switched in place, once its words are here.
import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import type { Words } from './en.ts';
import { isHere, type Language, LANGUAGES, loadWords } from './spoken.ts';

export { type Language, LANGUAGES } from './spoken.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'console';
    // Texts, not these texts: to read the places for values out of each would be too much for the compiler.
    readonly resources: { readonly console: Words };
  }
}

const KEPT_AS = 'konektor.language';

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && text in LANGUAGES;
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((one) => one.split('-')[0]).find(isLanguage) ?? 'en';
}

export const words = createInstance();

/** Rejects where the words cannot be loaded: there is nothing to speak with yet. */
export async function startWords(): Promise<void> {
  const first = firstLanguage();
  await words.use(initReactI18next).init({
    lng: first, fallbackLng: false, defaultNS: 'console', ns: ['console'],
    resources: { [first]: { console: await loadWords(first) } },
    interpolation: { escapeValue: false }, returnNull: false,
  });
  document.documentElement.lang = words.language;
  // Chosen on another page of this browser.
  addEventListener('storage', ({ key, newValue }) => { if (key === KEPT_AS && isLanguage(newValue)) void change(newValue); });
}

export async function speak(language: Language): Promise<void> {
  if (await change(language)) localStorage.setItem(KEPT_AS, language);
}

/** What was chosen last, as two choices may be on their way at once; and whether its words did not come. */
let wanted: Language | undefined;
let unspoken: Language | undefined;
const heeders = new Set<() => void>();

/** @returns whether the page speaks it now */
async function change(language: Language): Promise<boolean> {
  wanted = language;
  tell(undefined);
  try {
    if (!isHere(language)) await askServer();
    const all = await loadWords(language);
    if (wanted !== language) return false;
    words.addResourceBundle(language, 'console', all);
    await words.changeLanguage(language);
    document.documentElement.lang = language;
    return true;
  } catch {
    if (wanted === language) tell(language);
    return false;
  }
}

/** A browser asks once for a file of a program, and never again after it could not be loaded: a server that is away is found out without. */
async function askServer(): Promise<void> {
  const { ok } = await fetch('/console.svg', { method: 'HEAD', cache: 'no-store' });
  if (!ok) throw new Error('The server is away.');
}

function tell(language: Language | undefined): void {
  unspoken = language;
  for (const heed of heeders) heed();
}

function subscribe(heed: () => void): () => void {
  heeders.add(heed);
  return () => heeders.delete(heed);
}

/** What was told is read. */
export function leaveUnspoken(): void {
  tell(undefined);
}

/** The language that was chosen, and whose words could not be loaded: the page speaks the one before. */
export function useUnspoken(): Language | undefined {
  return useSyncExternalStore(subscribe, () => unspoken);
}
