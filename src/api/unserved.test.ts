import { describe, expect, it } from 'vitest';
import { API } from './table.ts';
import { UNSERVED } from './unserved.ts';

describe('what is not served', () => {
  it('stands apart from what is', () => {
    const spelled = ({ http: { method, path } }: { readonly http: { readonly method: string; readonly path: string } }): string => `${method} ${path.replace(/\{\w+\}(?=:|$)/, '{}')}`;
    const served = new Set(Object.values(API).map(spelled));
    expect(UNSERVED.filter((row) => served.has(spelled(row)))).toEqual([]);
    expect(new Set(UNSERVED.map(spelled)).size).toBe(UNSERVED.length);
    expect(new Set(UNSERVED.map(({ id }) => id)).size).toBe(UNSERVED.length);
  });

  it('says why, in a sentence', () => {
    for (const { id, why } of UNSERVED) expect(why, id).toMatch(/^[A-Z].{30,}\.$/);
  });
});
