// The language of the page: chosen here, remembered by the browser, else the browser's own. Switched in place.
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en, type Words } from './en.ts';
import { id } from './id.ts';

export const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia' } as const;
export type Language = keyof typeof LANGUAGES;

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

export async function startWords(): Promise<void> {
  await words.use(initReactI18next).init({
    lng: firstLanguage(), fallbackLng: false, defaultNS: 'console', ns: ['console'],
    resources: { en: { console: en }, id: { console: id } },
    interpolation: { escapeValue: false }, returnNull: false,
  });
  document.documentElement.lang = words.language;
  // Chosen on another page of this browser.
  addEventListener('storage', ({ key, newValue }) => { if (key === KEPT_AS && isLanguage(newValue)) void change(newValue); });
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  await change(language);
}

async function change(language: Language): Promise<void> {
  await words.changeLanguage(language);
  document.documentElement.lang = language;
}
