// What the server tells in English, in the reader's language as far as it has a stable name and that language has words for it.
import { useTranslation } from 'react-i18next';
import type { DiagnosisStep } from '../api/diagnosis.ts';
import { useToldTable } from './spoken.ts';

export interface RoleWords {
  readonly title: string;
  readonly description: string;
}

/** By the stable names of what the server tells. In the server's own language only what a page says otherwise. */
export interface Told {
  /** What to do about an error, by its reason. */
  readonly hints: Readonly<Record<string, string>>;
  /** What is wrong, in a few words, by its reason. */
  readonly wrongs: Readonly<Record<string, string>>;
  /** Titles of the steps of a diagnosis. */
  readonly steps: Readonly<Record<string, string>>;
  /** What a diagnosis found, with places for its facts, and what to do about it. */
  readonly says: Readonly<Record<string, string>>;
  readonly advice: Readonly<Record<string, string>>;
  /** What is told of a write, with places for its facts. */
  readonly writes: Readonly<Record<string, string>>;
  /** Facts whose values are words: by the name of the fact, then by the value. */
  readonly facts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly roles: Readonly<Record<string, RoleWords>>;
}

/** The server's own words stand in English where `isServers`. */
export interface Said {
  readonly text: string;
  readonly isServers: boolean;
}

export interface ToldWords {
  /** What to do about an error, by its reason; undefined where the server's own words are the reader's. */
  readonly hintOf: (reason: string) => string | undefined;
  /** What is wrong, by its reason; undefined as above. */
  readonly wrongOf: (reason: string) => string | undefined;
  readonly titleOf: (step: Pick<DiagnosisStep, 'id' | 'title'>) => string;
  /** What a step found, and what to do: each in one or more texts. */
  readonly findingOf: (step: DiagnosisStep) => readonly Said[];
  /** What is told of a write: that it may be sent again is said where that is so. */
  readonly writeOf: (told: { readonly note?: string; readonly finding?: string; readonly facts?: Readonly<Record<string, string>> }) => Said;
  readonly adviceOf: (step: DiagnosisStep) => Said | undefined;
  /** A role of the server's own table, or what the server says of another. */
  readonly roleOf: <Role extends RoleWords & { readonly name: string }>(role: Role) => Role;
  /** For the element around the server's own words: its language where the page has another. */
  readonly servers: { readonly lang?: 'en' };
}

export function useTold(): ToldWords {
  return toldBy(useToldTable(), useTranslation().i18n.language);
}

export function toldBy(words: Told, language: string): ToldWords {
  const titleOf: ToldWords['titleOf'] = ({ id, title }) => words.steps[id] ?? title;
  return {
    titleOf,
    hintOf: (reason) => words.hints[reason],
    wrongOf: (reason) => words.wrongs[reason],
    findingOf({ finding = '', facts = {}, message, reason = '' }) {
      const own = words.says[finding];
      const server = { text: message, isServers: true };
      if (own === undefined) return [...(words.wrongs[reason] === undefined ? [] : [{ text: `${words.wrongs[reason]}.`, isServers: false }]), server];
      const { title = '', step: id = '', ...values } = facts;
      const text = fill(own, { ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, words.facts[name]?.[value] ?? value])), step: titleOf({ id, title }) });
      // Of what these words leave out, the server's tell.
      return [{ text, isServers: false }, ...(Object.keys(values).every((name) => own.includes(`{{${name}}}`)) ? [] : [server])];
    },
    writeOf({ note = '', finding = '', facts = {} }) {
      const own = words.writes[finding];
      return own === undefined ? { text: note, isServers: true } : { text: fill(own, facts), isServers: false };
    },
    adviceOf({ finding = '', reason = '', hint }) {
      if (hint === undefined) return undefined;
      const own = words.advice[finding] ?? words.hints[reason];
      return own === undefined ? { text: hint, isServers: true } : { text: own, isServers: false };
    },
    roleOf: (role) => ({ ...role, ...words.roles[role.name] }),
    servers: language === 'en' ? {} : { lang: 'en' },
  };
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
