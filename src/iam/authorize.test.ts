import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAuthorizer } from './authorize.ts';
import { PERMISSIONS } from './permissions.ts';
import { mergeBindings, type Binding, type Policy } from './policy.ts';
import { policyPlaces } from './policy-places.ts';
import { createPrincipal, ADMIN, ANONYMOUS, type Principal } from './principal.ts';
import { findRole, ROLES } from './roles.ts';

const NONE: ReadonlySet<string> = new Set();
const principal = (id: string, groups: readonly string[] = []): Principal => createPrincipal(id, groups, NONE, Infinity);
const PROJECT = 'projects/p';
const SECRET = 'projects/p/secrets/s';
const CONNECTION = 'projects/p/locations/l/connections/c';

/** Policies in a map, as the authorizer finds them, and how often it asked. */
function store(policies: Readonly<Record<string, readonly Binding[]>>) {
  const kept = new Map(Object.entries(policies));
  const asked: string[] = [];
  const find = async (resource: string): Promise<Policy | undefined> => {
    asked.push(resource);
    const bindings = kept.get(resource);
    return bindings && { version: 1, etag: 'x', bindings };
  };
  return { kept, asked, find };
}

describe('the authorizer', () => {
  const members = fc.constantFrom('user:a@x.test', 'user:b@x.test', 'domain:x.test', 'group:g', 'serviceAccount:s@p.iam.gserviceaccount.com', 'allUsers', 'allAuthenticatedUsers');
  const bindings = fc.array(fc.record({ role: fc.constantFrom(...Object.keys(ROLES), 'roles/gone'), members: fc.array(members, { maxLength: 4 }) }), { maxLength: 6 });
  const callers = fc.constantFrom(principal('user:a@x.test'), principal('user:b@x.test', ['group:g']), principal('user:c@y.test'), principal('serviceAccount:s@p.iam.gserviceaccount.com'), ANONYMOUS);

  it('answers as a naive reading of both policies does, before and after they are in memory', async () => {
    await fc.assert(fc.asyncProperty(bindings, bindings, callers, fc.constantFrom(...PERMISSIONS), async (own, inherited, caller, permission) => {
      const authorizer = createAuthorizer(store({ [SECRET]: own, [PROJECT]: inherited }));
      const naive = [...own, ...inherited].some((binding) => binding.members.some((member) => caller.members.includes(member)) && (findRole(binding.role)?.permissions ?? []).includes(permission));
      expect(await authorizer.allowed(caller, permission, `${SECRET}/versions/1`)).toBe(naive);
      await authorizer.allowed(caller, 'connectors.nothing.get', SECRET);
      expect(authorizer.allowed(caller, permission, SECRET)).toBe(naive);
    }), { numRuns: 300 });
  });

  it('waits for nothing once it has looked, also where there is no policy', async () => {
    const { asked, find } = store({});
    const authorizer = createAuthorizer({ find });
    const [first, second] = [authorizer.allowed(principal('user:a@x.test'), 'connectors.entities.get', CONNECTION), authorizer.allowed(principal('user:a@x.test'), 'connectors.entities.get', CONNECTION)];
    expect(await Promise.all([first, second])).toEqual([false, false]);
    expect(authorizer.allowed(principal('user:b@x.test'), 'connectors.entities.list', CONNECTION)).toBe(false);
    expect(asked.toSorted()).toEqual([PROJECT, CONNECTION]);
  });

  it('forgets what changed, and with a project what lies in it', async () => {
    const { kept, find } = store({});
    const authorizer = createAuthorizer({ find });
    const ask = async (): Promise<boolean> => authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', CONNECTION);
    const viewers = [{ role: 'roles/connectors.viewer', members: ['user:a@x.test'] }];
    expect(await ask()).toBe(false);
    kept.set(CONNECTION, viewers);
    expect(await ask()).toBe(false);
    authorizer.forget(CONNECTION);
    expect(await ask()).toBe(true);
    kept.delete(CONNECTION);
    authorizer.forget(PROJECT);
    expect(await ask()).toBe(false);
    kept.set(PROJECT, viewers);
    authorizer.forget(undefined);
    expect(await ask()).toBe(true);
  });

  it('does not keep what was read before a change that was told meanwhile', async () => {
    const gate = Promise.withResolvers<undefined>();
    let reads = 0;
    const authorizer = createAuthorizer({ find: async (resource) => {
      if (resource !== PROJECT) return undefined;
      reads += 1;
      if (reads === 1) return gate.promise;
      return { version: 1, etag: 'x', bindings: [{ role: 'roles/owner', members: ['user:a@x.test'] }] };
    } });
    const early = authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', PROJECT);
    authorizer.forget(PROJECT);
    gate.resolve(undefined);
    expect(await early).toBe(false);
    expect(await authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', PROJECT)).toBe(true);
  });

  it('keeps no failure, and no more than it may', async () => {
    let fails = true;
    const { asked, find } = store({});
    const authorizer = createAuthorizer({ find: async (resource) => {
      if (fails) throw new Error('the database is away');
      return find(resource);
    } }, 2);
    await expect(authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', PROJECT)).rejects.toThrow('away');
    fails = false;
    for (const id of ['a', 'b', 'c']) expect(await authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', `projects/${id}`)).toBe(false);
    expect(authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', 'projects/c')).toBe(false);
    await authorizer.allowed(principal('user:a@x.test'), 'connectors.connections.get', 'projects/a');
    expect(asked).toEqual(['projects/a', 'projects/b', 'projects/c', 'projects/a']);
  });

  it('lets the unrestricted do anything, and nobody else anything on the installation', async () => {
    const authorizer = createAuthorizer(store({ [PROJECT]: [{ role: 'roles/owner', members: ['user:a@x.test'] }] }));
    expect(authorizer.allowed(ADMIN, 'resourcemanager.projects.create', '')).toBe(true);
    expect(authorizer.allowed(createPrincipal('user:z@x.test', ['group:ops'], new Set(['group:ops']), 0), 'resourcemanager.projects.create', '')).toBe(true);
    expect(authorizer.allowed(principal('user:a@x.test'), 'resourcemanager.projects.create', '')).toBe(false);
  });

  it('tells which roles an account lacks, whatever role grants their permissions', async () => {
    const member = 'serviceAccount:s@p.iam.gserviceaccount.com';
    const wanted = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'];
    const { kept, find } = store({ [SECRET]: [{ role: 'roles/secretmanager.viewer', members: [member] }] });
    const authorizer = createAuthorizer({ find });
    expect(await authorizer.rolesMissing(member, wanted, SECRET)).toEqual(['roles/secretmanager.secretAccessor']);
    expect(await authorizer.rolesMissing('serviceAccount:other@p.iam.gserviceaccount.com', wanted, SECRET)).toEqual(wanted);
    kept.set(PROJECT, [{ role: 'roles/secretmanager.admin', members: [member] }]);
    authorizer.forget(PROJECT);
    expect(await authorizer.rolesMissing(member, [...wanted, 'roles/unheard.of'], SECRET)).toEqual(['roles/unheard.of']);
  });
});

describe('policy places', () => {
  it.each([
    ['', []],
    ['organizations/o', []],
    ['projects/p', ['projects/p']],
    ['projects/p/locations/l', ['projects/p']],
    ['projects/p/locations/-', ['projects/p']],
    ['projects/p/locations/l/operations/o', ['projects/p']],
    ['projects/p/locations/l/connections/c', [CONNECTION, 'projects/p']],
    ['projects/p/locations/l/connections/c/eventSubscriptions/e', [CONNECTION, 'projects/p']],
    ['projects/p/locations/global/providers/stripe/connectors/stripe/versions/1', ['projects/p/locations/global/providers/stripe', 'projects/p']],
    ['projects/p/secrets/s/versions/latest', [SECRET, 'projects/p']],
    ['projects/-/serviceAccounts/a@p.iam.gserviceaccount.com', ['projects/p/serviceAccounts/a@p.iam.gserviceaccount.com', 'projects/p']],
    ['projects/q/serviceAccounts/a@p.iam.gserviceaccount.com', ['projects/p/serviceAccounts/a@p.iam.gserviceaccount.com', 'projects/p']],
    ['projects/p/serviceAccounts/123', ['projects/p/serviceAccounts/123', 'projects/p']],
  ])('of %s', (resource, places) => {
    expect(policyPlaces(resource)).toEqual(places);
  });
});

describe('roles', () => {
  it('hold known permissions, each once', () => {
    expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length);
    for (const [name, { permissions }] of Object.entries(ROLES)) {
      expect(permissions.length, name).toBeGreaterThan(0);
      expect(new Set(permissions).size, name).toBe(permissions.length);
      expect(permissions.filter((permission) => !PERMISSIONS.includes(permission)), name).toEqual([]);
    }
  });

  it('keep apart what the platform keeps apart', () => {
    const held = (role: string): readonly string[] => findRole(role)?.permissions ?? [];
    expect(held('roles/connectors.invoker')).not.toContain('connectors.connections.get');
    expect(held('roles/connectors.admin')).not.toContain('connectors.connections.listenEvent');
    expect(held('roles/connectors.admin')).toContain('connectors.entities.deleteEntitiesWithConditions');
    for (const role of ['roles/connectors.viewer', 'roles/viewer']) {
      expect(held(role).filter((permission) => /entities|actions\.|entityTypes|refresh|versions\.access|[sS]etIamPolicy/.test(permission)), role).toEqual([]);
      expect(held(role)).toContain('connectors.connections.getConnectionSchemaMetadata');
    }
    expect(held('roles/editor').filter((permission) => /setIamPolicy|versions\.access|getAccessToken/.test(permission))).toEqual([]);
    expect(held('roles/owner')).not.toContain('iam.serviceAccounts.getAccessToken');
    expect(findRole('constructor')).toBeUndefined();
  });

  it('are bound once for each member', () => {
    expect(mergeBindings([{ role: 'a', members: ['x', 'y', 'x'] }, { role: 'b', members: [] }, { role: 'a', members: ['y', 'z'] }])).toEqual([{ role: 'a', members: ['x', 'y', 'z'] }]);
  });
});
