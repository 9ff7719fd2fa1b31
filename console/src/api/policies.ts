// Who may what: the policies of resources, and the roles that they bind. A policy is changed only where it is still the one that was read.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
}

export interface Policy {
  readonly etag: string;
  readonly bindings?: readonly Binding[];
}

export interface Role {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly includedPermissions: readonly string[];
}

/** One member with one role: a line of a policy. */
export interface Grant {
  readonly role: string;
  readonly member: string;
}

export const rolesQuery = queryOptions({
  queryKey: ['roles'], staleTime: Infinity,
  queryFn: ({ signal }) => callList<Role>('/v1/roles', 'roles', { view: 'FULL' }, signal),
});

export const policyQuery = (resource: string) => queryOptions({ queryKey: ['policy', resource], queryFn: ({ signal }) => readPolicy(resource, signal) });

export function grantsOf({ bindings = [] }: Policy): readonly Grant[] {
  return bindings.flatMap(({ role, members }) => members.map((member) => ({ role, member })));
}

/** @throws ApiError ABORTED where somebody else changed the policy meanwhile */
export async function grant(resource: string, { role, member }: Grant): Promise<unknown> {
  const { etag, bindings = [] } = await readPolicy(resource);
  const others = bindings.filter((one) => one.role !== role);
  const members = new Set([...(bindings.find((one) => one.role === role)?.members ?? []), member]);
  return writePolicy(resource, { etag, bindings: [...others, { role, members: [...members] }] });
}

/** @throws ApiError ABORTED where somebody else changed the policy meanwhile */
export async function revoke(resource: string, { role, member }: Grant): Promise<unknown> {
  const { etag, bindings = [] } = await readPolicy(resource);
  const left = bindings.map((one) => (one.role === role ? { role, members: one.members.filter((each) => each !== member) } : one)).filter(({ members }) => members.length > 0);
  return writePolicy(resource, { etag, bindings: left });
}

/** Policies of projects and service accounts are read by POST, all others by GET; so has the platform it. */
const READ_BY_POST = /^projects\/[^/]+(\/serviceAccounts\/[^/]+)?$/;

function readPolicy(resource: string, signal?: AbortSignal): Promise<Policy> {
  return call<Policy>(`/v1/${resource}:getIamPolicy`, { ...(READ_BY_POST.test(resource) ? { method: 'POST', body: {} } : {}), ...(signal === undefined ? {} : { signal }) });
}

function writePolicy(resource: string, policy: Policy): Promise<unknown> {
  return call(`/v1/${resource}:setIamPolicy`, { method: 'POST', body: { policy } });
}
