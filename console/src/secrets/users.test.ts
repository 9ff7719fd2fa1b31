import { describe, expect, it } from 'vitest';
import { growth } from '../../../test/growth.ts';
import type { ConfiguredConnection } from '../api/connections.ts';
import { usersOfSecrets } from './users.ts';

const named = (id: string, ...versions: readonly string[]): Pick<ConfiguredConnection, 'name' | 'status' | 'authConfig'> => ({
  name: `projects/p/locations/us-central1/connections/${id}`, status: { state: 'ACTIVE' },
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: versions.map((version) => ({ key: 'api_key', secretValue: { secretVersion: `projects/p/secrets/${version}` } })) },
});

describe('who uses a secret', () => {
  it('is found by its whole name, and once for a connection that names it twice', () => {
    const users = usersOfSecrets([named('a', 'key/versions/1', 'key/versions/latest'), named('b', 'key-2/versions/1'), named('c', 'key/versions/3')]);
    expect(users.get('projects/p/secrets/key')?.map(({ name }) => name.split('/').at(-1))).toEqual(['a', 'c']);
    expect(users.get('projects/p/secrets/key-2')?.length).toBe(1);
    expect(users.get('projects/p/secrets/k')).toBeUndefined();
  });

  it('is found in a moment for many of both', () => {
    const find = (count: number): void => {
      const many = Array.from({ length: count }, (_none, at) => named(`c${at}`, `key-${at}/versions/1`));
      expect(usersOfSecrets(many).size).toBe(count);
    };
    // A look at all connections for each secret would be a hundred times as much.
    expect(growth(find, 1_000, 10_000)).toBeLessThan(40);
  });
});
