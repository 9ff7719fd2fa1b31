import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import { checkRequestedVersion, readPermissions, readPolicyRequest } from './policy-request.ts';

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof StatusError && error.code === 'INVALID_ARGUMENT') return error.violations.map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('a policy to be set', () => {
  it('is read with members in one spelling and bindings merged', () => {
    const request = readPolicyRequest({ policy: { version: 3, etag: 'BwY=', bindings: [
      { role: 'roles/viewer', members: ['user:Ani@Example.com', 'principal://Issuer/Sub'] },
      { role: 'roles/viewer', members: ['user:ani@example.com', 'domain:example.com', 'allUsers'], condition: null },
    ] } });
    expect(request).toEqual({ etag: 'BwY=', auditConfigs: undefined, bindings: [{ role: 'roles/viewer', members: ['user:ani@example.com', 'principal://Issuer/Sub', 'domain:example.com', 'allUsers'] }] });
  });

  it('leaves alone what its mask leaves out', () => {
    const policy = { bindings: [], auditConfigs: [{ service: 'allServices' }] };
    expect(readPolicyRequest({ policy, updateMask: 'audit_configs,etag' })).toMatchObject({ bindings: undefined, auditConfigs: [{ service: 'allServices' }] });
    expect(readPolicyRequest({ policy, updateMask: 'bindings,auditConfigs' })).toMatchObject({ bindings: [], auditConfigs: [{ service: 'allServices' }] });
  });

  it('is refused with every fault at once', () => {
    const body = { updateMask: 'nothing', policy: { version: 2, etag: 7, auditConfigs: 'x', bindings: [
      { role: 'roles/nobody', members: ['ani@example.com', 'user:', 'user:a b@x', 'projectOwner:p', 'domain:x', 7] },
      { role: 'roles/viewer', members: 'user:a@example.com', condition: { expression: 'true' } },
      'binding',
    ] } };
    expect(faultsOf(() => readPolicyRequest(body)).toSorted()).toEqual([
      'policy.auditConfigs', 'policy.bindings[0].members[0]', 'policy.bindings[0].members[1]', 'policy.bindings[0].members[2]', 'policy.bindings[0].members[3]', 'policy.bindings[0].members[4]',
      'policy.bindings[0].members[5]', 'policy.bindings[0].role', 'policy.bindings[1].condition', 'policy.bindings[1].members', 'policy.bindings[2].role', 'policy.etag', 'policy.version', 'updateMask',
    ]);
    expect(() => readPolicyRequest(body)).toThrow(/roles\.md/);
    const mistyped = { policy: { bindings: [{ role: 'roles/connectors.inoker', members: [] }] } };
    expect(() => readPolicyRequest(mistyped)).toThrow(/roles\/connectors\.invoker/);
    expect(() => readPolicyRequest(mistyped)).not.toThrow(/roles\/secretmanager/);
    expect(faultsOf(() => readPolicyRequest({}))).toEqual(['policy']);
    expect(faultsOf(() => readPolicyRequest({ policy: [] }))).toEqual(['policy']);
    expect(faultsOf(() => readPolicyRequest({ policy: { bindings: {} } }))).toEqual(['policy.bindings']);
  });

  it('names at most 1,500 members', () => {
    const members = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `user:a${index}@example.com`);
    expect(readPolicyRequest({ policy: { bindings: [{ role: 'roles/viewer', members: members(1_500) }] } }).bindings?.[0]?.members).toHaveLength(1_500);
    expect(faultsOf(() => readPolicyRequest({ policy: { bindings: [{ role: 'roles/viewer', members: members(800) }, { role: 'roles/owner', members: members(701) }] } }))).toEqual(['policy.bindings']);
  });
});

describe('permissions asked about', () => {
  it('are whole ones, a hundred at most', () => {
    expect(readPermissions({ permissions: ['connectors.connections.get', 'unheard.of.it'] })).toEqual(['connectors.connections.get', 'unheard.of.it']);
    expect(readPermissions({})).toEqual([]);
    expect(faultsOf(() => readPermissions({ permissions: ['connectors.*', 7] }))).toEqual(['permissions[0]', 'permissions[1]']);
    expect(faultsOf(() => readPermissions({ permissions: 'connectors.connections.get' }))).toEqual(['permissions']);
    expect(faultsOf(() => readPermissions({ permissions: Array.from({ length: 101 }, () => 'a.b.c') }))).toEqual(['permissions']);
  });
});

it('policies are asked for in versions 0, 1 and 3', () => {
  for (const version of [undefined, 0, 1, 3]) expect(faultsOf(() => checkRequestedVersion(version))).toEqual([]);
  expect(faultsOf(() => checkRequestedVersion(2))).toEqual(['options.requestedPolicyVersion']);
});
