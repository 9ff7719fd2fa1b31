import { describe, expect, it } from 'vitest';
import { connectionSteps } from '../../../src/diagnosis/connection.ts';
import { serverSteps } from '../../../src/diagnosis/server.ts';
import { REASONS } from '../../../src/errors/reasons.ts';
import { en } from './en.ts';
import { id } from './id.ts';
import { told } from './id/told.ts';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, path = ''): ReadonlyMap<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)])));
}

const [english, indonesian] = [flat(en), flat(id)];
const holes = (text: string): readonly string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();

describe('the words', () => {
  it('are said in every language', () => {
    expect([...indonesian.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...english, ...indonesian].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('have the same places for values', () => {
    expect([...english].filter(([key, text]) => holes(text).join() !== holes(indonesian.get(key) ?? '').join()).map(([key]) => key)).toEqual([]);
  });

  it('know every reason of an error and every step of a diagnosis that the server tells', () => {
    expect(Object.keys(told.reasons).toSorted()).toEqual(Object.keys(REASONS).toSorted());
    expect(Object.keys(told.steps).toSorted()).toEqual([...new Set([...connectionSteps(), ...serverSteps()])].toSorted());
  });
});
