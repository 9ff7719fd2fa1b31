// What the rows of policies do: the same for every kind of resource.
import type { policyOperations } from '../api/policies.ts';
import type { Answer, ApiHandlers } from '../api/table.ts';
import { checkRequestedVersion } from '../iam/policy-request.ts';
import { policyPlaces } from '../iam/policy-places.ts';
import type { PolicyService } from '../iam/policy-service.ts';
import type { Principal } from '../iam/principal.ts';

type PolicyHandlers = Pick<ApiHandlers<Principal>, keyof typeof policyOperations>;
type Fields = Readonly<Record<string, unknown>>;

/** The name that the policy is kept under: an account's is that of its own project. */
const place = (resource: string): string => policyPlaces(resource)[0] ?? resource;

export function policyHandlers(policies: PolicyService): PolicyHandlers {
  const get = (resource: string, version: unknown): Promise<Answer<'projects.getIamPolicy'>> => {
    checkRequestedVersion(version);
    return policies.get(place(resource));
  };
  const versionIn = (body: Fields): unknown => {
    const options = body['options'];
    return typeof options === 'object' && options !== null && 'requestedPolicyVersion' in options ? options.requestedPolicyVersion : undefined;
  };
  const set = (resource: string, body: Fields): Promise<Answer<'projects.setIamPolicy'>> => policies.set(place(resource), body);
  const test = (principal: Principal, resource: string, body: Fields): Promise<Answer<'projects.testIamPermissions'>> => policies.test(principal, place(resource), body);

  return {
    'projects.getIamPolicy': async (_call, { path, query, body }) => get(path.project, query['options.requestedPolicyVersion'] ?? versionIn(body)),
    'projects.setIamPolicy': async (_call, { path, body }) => set(path.project, body),
    'projects.testIamPermissions': async ({ principal }, { path, body }) => test(principal, path.project, body),
    'connections.getIamPolicy': async (_call, { path, query }) => get(path.connection, query['options.requestedPolicyVersion']),
    'connections.setIamPolicy': async (_call, { path, body }) => set(path.connection, body),
    'connections.testIamPermissions': async ({ principal }, { path, body }) => test(principal, path.connection, body),
    'providers.getIamPolicy': async (_call, { path, query }) => get(path.provider, query['options.requestedPolicyVersion']),
    'providers.setIamPolicy': async (_call, { path, body }) => set(path.provider, body),
    'providers.testIamPermissions': async ({ principal }, { path, body }) => test(principal, path.provider, body),
    'secrets.getIamPolicy': async (_call, { path, query }) => get(path.secret, query['options.requestedPolicyVersion']),
    'secrets.setIamPolicy': async (_call, { path, body }) => set(path.secret, body),
    'secrets.testIamPermissions': async ({ principal }, { path, body }) => test(principal, path.secret, body),
    'serviceAccounts.getIamPolicy': async (_call, { path, query, body }) => get(path.serviceAccount, query['options.requestedPolicyVersion'] ?? versionIn(body)),
    'serviceAccounts.setIamPolicy': async (_call, { path, body }) => set(path.serviceAccount, body),
    'serviceAccounts.testIamPermissions': async ({ principal }, { path, body }) => test(principal, path.serviceAccount, body),
  };
}
