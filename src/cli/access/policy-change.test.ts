// Bindings that somebody wrote: taken with all that they hold, or refused with every fault.
import { describe, expect, it } from 'vitest';
import { readBindings } from './policy-change.ts';

describe('bindings that are read from a file', () => {
  it('are kept whole: what else they hold is for the server to judge', () => {
    const written = [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'], condition: { title: 'x' } }];
    expect(readBindings(written)).toEqual(written);
    expect(readBindings([])).toEqual([]);
  });

  it('are refused with every one that is none', () => {
    expect(() => readBindings([{ role: 'roles/x', members: 'user:ani@example.com' }, { role: 'roles/x', members: [] }, 'roles/x'])).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', message: 'No role with its members: bindings[0], bindings[2].' }));
    for (const none of [null, {}, 'roles/x']) expect(() => readBindings(none)).toThrow('must be a list');
  });
});
