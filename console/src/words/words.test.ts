import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONNECTION_STATES } from '../../../src/connections/model.ts';
import { keyMode } from '../../../src/connectors/stripe/config.ts';
import { connectionSteps } from '../../../src/diagnosis/connection.ts';
import { FINDINGS } from '../../../src/diagnosis/findings.ts';
import { serverSteps } from '../../../src/diagnosis/server.ts';
import { OUTCOME_FINDINGS } from '../../../src/connectors/stripe/outcome-findings.ts';
import { REASONS } from '../../../src/errors/reasons.ts';
import { ROLES } from '../../../src/iam/roles.ts';
import { WRITE_FINDINGS } from '../../../src/writes/findings.ts';
import { told as toldEnglish } from './en/told.ts';
import { en } from './en.ts';
import { id } from './id.ts';
import { told } from './id/told.ts';
import { toldBy } from './told.ts';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, path = ''): ReadonlyMap<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)])));
}

/** What speaks: every file of the console but the words themselves. */
const SOURCES = readdirSync(join(import.meta.dirname, '..'), { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.tsx?$/.test(file.name) && !file.name.includes('.test.') && !/[/\\]words([/\\]|$)/.test(file.parentPath))
  .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');

/** By its key, by a key with a part that is filled in, below a prefix that is chosen for a whole file, or below what is taken out of all for a key of the server. */
const PATTERNS = [...SOURCES.matchAll(/`([a-zA-Z]+\.(?:\$\{[^}]*\}|[^`\s])*)`/g)].map((match) => new RegExp(`^${(match[1] ?? '').replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`));
const TAKEN = [...SOURCES.matchAll(/const \{ ([\w, ]+) \} = useWords\(\)(\.\w+)?;/g)].flatMap((match) => (match[1] ?? '').split(', ').map((name) => `${(match[2] ?? '').replace(/^\.(.*)$/, '$1.')}${name}.`));
const PREFIXES = [...[...SOURCES.matchAll(/keyPrefix: '([\w.]+)'/g)].map((match) => `${match[1] ?? ''}.`), ...TAKEN];

function isSaid(key: string): boolean {
  return SOURCES.includes(`'${key}'`) || PREFIXES.some((prefix) => key.startsWith(prefix)) || PATTERNS.some((pattern) => pattern.test(key));
}

/** The text of a call, from its parenthesis to the one that closes it. */
function callAt(start: number): string {
  let depth = 0;
  for (let end = start; end < SOURCES.length; end += 1) {
    if (SOURCES[end] === '(') depth += 1;
    else if (SOURCES[end] === ')') depth -= 1;
    if (depth === 0) return SOURCES.slice(start, end);
  }
  return SOURCES.slice(start);
}

const [english, indonesian] = [flat(en), flat(id)];
const holes = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map((match) => match[1] ?? '').toSorted();

describe('the words', () => {
  it('are said in every language', () => {
    expect([...indonesian.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...english, ...indonesian].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same places for values', () => {
    expect([...english].filter(([key, text]) => holes(text).join() !== holes(indonesian.get(key) ?? '').join()).map(([key]) => key)).toEqual([]);
  });

  it('know every reason, step, finding and role that the server tells', () => {
    const keys = (table: object): readonly string[] => Object.keys(table).toSorted();
    expect(keys(told.hints)).toEqual(keys(REASONS));
    expect(keys(told.wrongs)).toEqual(keys(REASONS));
    expect(keys(told.steps)).toEqual([...new Set([...connectionSteps(), ...serverSteps()])].toSorted());
    expect(keys(told.says)).toEqual(keys(FINDINGS));
    expect(keys(told.advice)).toEqual(Object.entries(FINDINGS).filter(([, words]) => 'hint' in words).map(([name]) => name).toSorted());
    expect(keys(told.roles)).toEqual(keys(ROLES));
    expect(keys(told.writes)).toEqual(keys({ ...WRITE_FINDINGS, ...OUTCOME_FINDINGS }));
    expect(keys(told.facts['state'] ?? {})).toEqual(CONNECTION_STATES.toSorted());
    expect(keys(told.facts['mode'] ?? {})).toEqual([keyMode('sk_live_'), keyMode('sk_test_')]);
    expect(keys(toldEnglish.advice).filter((name) => !(name in told.advice))).toEqual([]);
  });

  it('say facts that are words in the reader\'s language, and others as they are', () => {
    const said = (finding: string, facts: Readonly<Record<string, string>>): readonly unknown[] => toldBy(told, 'id').findingOf({ id: 'key', title: 'API key', outcome: 'ok', message: '', milliseconds: 1, finding, facts });
    expect(said('KEY_FITS', { mode: 'test' })).toEqual([{ text: 'Kunci untuk mode uji.', isServers: false }]);
    expect(said('KEY_FITS', { mode: 'other' })).toEqual([{ text: 'Kunci untuk mode other.', isServers: false }]);
  });

  it('fill in only what the server gives with a finding', () => {
    // The step that comes first is named by its id, and its title is said in the reader's words.
    const given = (name: keyof typeof FINDINGS): readonly string[] => [...holes(FINDINGS[name].says), ...(name === 'NOT_LOOKED_AT' ? ['step'] : [])];
    expect(Object.keys(FINDINGS).flatMap((name) => holes(told.says[name] ?? '').filter((hole) => !given(name as keyof typeof FINDINGS).includes(hole)).map((hole) => `${name}: ${hole}`))).toEqual([]);
  });

  it('fill in all that the server gives with what it tells of a write', () => {
    expect(Object.entries({ ...WRITE_FINDINGS, ...OUTCOME_FINDINGS }).filter(([name, text]) => holes(text).join() !== holes(told.writes[name] ?? '').join())).toEqual([]);
  });

  it('are each said somewhere, and given every value that they have a place for', () => {
    const unsaid = [...english.keys()].filter((key) => !isSaid(key.replace(/_(one|other)$/, '')));
    expect(unsaid).toEqual([]);
    const said = [...SOURCES.matchAll(/\bt\('([\w.-]+)'/g)].map((match) => ({ key: match[1] ?? '', call: callAt(match.index + 1) }));
    const lacking = said.flatMap(({ key, call }) => holes(english.get(key) ?? english.get(`${key}_other`) ?? '').filter((name) => !new RegExp(`[{,]\\s*${name}\\b`).test(call)).map((name) => `${key}: ${name}`));
    expect(said.length).toBeGreaterThan(500);
    expect(lacking).toEqual([]);
  });
});
