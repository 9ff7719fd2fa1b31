import { describe, expect, it } from 'vitest';
import { checkConnection, SECRET_ROLES } from './check.ts';
import type { Connection } from './model.ts';

const ACCOUNT = 'connections@p.iam.gserviceaccount.com';

/** A connection of the project p that names a secret; some secrets are there, and the account holds the roles on others. */
function check(secret: string, { there = [], held = [], account = true }: { readonly there?: readonly string[]; readonly held?: readonly string[]; readonly account?: boolean }) {
  const tried: string[] = [];
  const connection: Connection = {
    name: 'projects/p/locations/l/connections/c', createTime: '', updateTime: '', connectionRevision: '1', etag: 'e', status: { state: 'CREATING' }, connectorVersion: 'v', serviceAccount: ACCOUNT,
    nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, authConfig: { additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${secret}/versions/1` } }] },
  };
  const checked = checkConnection(connection, new AbortController().signal, {
    serviceAccountExists: async () => account, secretExists: async (name) => there.includes(name), rolesMissing: async (_member, roles, resource) => (held.includes(resource) ? [] : roles),
    tryOut: async ({ name }) => void tried.push(name),
  });
  return checked.then(() => tried, (error: unknown) => error);
}

describe('a connection is tried out', () => {
  const [own, foreign] = ['projects/p/secrets/s', 'projects/other/secrets/s'];

  it('where its account may read its secrets, or there are none to read', async () => {
    expect(await check(own, { there: [own], held: [own] })).toHaveLength(1);
    expect(await check(own, {})).toHaveLength(1);
    expect(await check(foreign, { held: [foreign] })).toHaveLength(1);
  });

  it('and not where a role is missing, or the account', async () => {
    expect(await check(own, { there: [own] })).toMatchObject({ reason: 'SECRET_ROLE_MISSING', metadata: { secret: own, roles: SECRET_ROLES.join(',') } });
    expect(await check(own, { there: [own], held: [own], account: false })).toMatchObject({ reason: 'RESOURCE_NOT_FOUND', metadata: { serviceAccount: ACCOUNT } });
  });

  it('and tells nobody whether a secret of another project is there', async () => {
    const [there, missing] = [await check(foreign, { there: [foreign] }), await check(foreign, {})];
    expect(there).toMatchObject({ reason: 'SECRET_ROLE_MISSING' });
    expect(missing).toEqual(there);
  });
});
