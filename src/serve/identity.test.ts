import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import { createAuthorizer } from '../iam/authorize.ts';
import { ADMIN, createPrincipal } from '../iam/principal.ts';
import { createActAs, createGuard } from './identity.ts';

const CONNECTION = 'projects/p/locations/l/connections/c';
const ROW = { id: 'entities.get', permission: 'connectors.entities.get', effect: 'read', service: 'connectors' } as const;
const ani = createPrincipal('user:ani@example.com', [], new Set(), Infinity);
const budi = createPrincipal('user:budi@example.com', [], new Set(), Infinity);

function authorizer() {
  return createAuthorizer({ find: async (resource) => (resource === 'projects/p' ? { version: 1, etag: 'x', bindings: [{ role: 'roles/connectors.invoker', members: [ani.id] }] } : undefined) });
}

function refusal(pass: () => unknown): StatusError | undefined {
  try {
    pass();
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  return undefined;
}

describe('the guard', () => {
  it('waits for nothing once it knows the policies', async () => {
    const guard = createGuard({ authorizer: authorizer(), requireService: () => undefined });
    expect(guard(ani, ROW, CONNECTION)).toBeInstanceOf(Promise);
    await expect(guard(ani, ROW, CONNECTION)).resolves.toBeUndefined();
    await expect(guard(budi, ROW, 'projects/q')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(guard(ani, ROW, CONNECTION)).toBeUndefined();
    expect(refusal(() => guard(budi, ROW, CONNECTION))).toMatchObject({
      code: 'PERMISSION_DENIED', metadata: { permission: 'connectors.entities.get', resource: CONNECTION, principal: 'user:budi@example.com' },
      message: `Permission 'connectors.entities.get' denied on resource '${CONNECTION}' (or it may not exist) for user:budi@example.com.`,
    });
  });

  it('asks for the service after the permission, and of every caller', async () => {
    const asked: string[] = [];
    const disabled = new StatusError('FAILED_PRECONDITION', 'SERVICE_DISABLED', { message: 'disabled' });
    const guard = createGuard({ authorizer: authorizer(), requireService: (project, service) => {
      asked.push(`${project} ${service}`);
      throw disabled;
    } });
    await expect(guard(budi, ROW, CONNECTION)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(asked).toEqual([]);
    expect(refusal(() => guard(ani, ROW, CONNECTION))).toBe(disabled);
    expect(refusal(() => guard(ADMIN, ROW, CONNECTION))).toBe(disabled);
    expect(refusal(() => guard(budi, { ...ROW, permission: null }, CONNECTION))).toBe(disabled);
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'projects/p connectors'));
    expect(guard(ADMIN, { ...ROW, permission: 'resourcemanager.projects.create' }, '')).toBeUndefined();
  });

  it('keeps what belongs to no project to the administrators', () => {
    const guard = createGuard({ authorizer: authorizer() });
    expect(guard(ADMIN, ROW, '')).toBeUndefined();
    expect(refusal(() => guard(ani, ROW, ''))?.message).toContain('only its administrators');
  });
});

it('only those who may act as an account lend it to a connection', async () => {
  const account = 'projects/p/serviceAccounts/robot@p.iam.gserviceaccount.com';
  const actAs = createActAs(createAuthorizer({ find: async (resource) => (resource === account ? { version: 1, etag: 'x', bindings: [{ role: 'roles/iam.serviceAccountUser', members: [ani.id] }] } : undefined) }));
  await expect(actAs(ani, 'robot@p.iam.gserviceaccount.com')).resolves.toBeUndefined();
  await expect(actAs(ADMIN, 'robot@p.iam.gserviceaccount.com')).resolves.toBeUndefined();
  for (const [caller, email] of [[budi, 'robot@p.iam.gserviceaccount.com'], [ani, 'other@p.iam.gserviceaccount.com'], [ani, 'robot@q.iam.gserviceaccount.com'], [ani, 'no address']] as const) {
    await expect(actAs(caller, email)).rejects.toMatchObject({ code: 'PERMISSION_DENIED', metadata: { permission: 'iam.serviceAccounts.actAs' } });
  }
});
