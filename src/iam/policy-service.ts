// Policies as callers read, set and test them. Whether a resource exists is asked of those who know.
import { StatusError } from '../errors/status-error.ts';
import type { Authorizer } from './authorize.ts';
import { drawPolicyEtag, NO_POLICY_ETAG, type Binding, type Policy, type PolicyRepository } from './policy.ts';
import { readPermissions, readPolicyRequest } from './policy-request.ts';
import type { Principal } from './principal.ts';

export interface PolicyServiceParts {
  readonly policies: PolicyRepository;
  readonly authorizer: Pick<Authorizer, 'allowed' | 'forget'>;
  /** Whether the resource that a policy is asked of is there. */
  readonly exists: (resource: string) => Promise<boolean>;
}

/** A policy as it is shown: what is empty is left out. */
export type ShownPolicy = Partial<Policy> & Pick<Policy, 'etag'>;

export interface PolicyService {
  /** @throws StatusError NOT_FOUND */
  get(resource: string): Promise<ShownPolicy>;
  /** Sets what the body says; with an etag only where it is still the policy's. @throws StatusError NOT_FOUND, INVALID_ARGUMENT, ABORTED */
  set(resource: string, body: Readonly<Record<string, unknown>>): Promise<ShownPolicy>;
  /** Which of the named permissions the caller has; none on what does not exist. @throws StatusError INVALID_ARGUMENT */
  test(principal: Principal, resource: string, body: Readonly<Record<string, unknown>>): Promise<{ readonly permissions?: readonly string[] }>;
  /** Grants roles, whatever else the policy holds: what first starts and new owners need. */
  bind(resource: string, bindings: readonly Binding[]): Promise<void>;
}

const MOST_ATTEMPTS = 5;

export function createPolicyService({ policies, authorizer, exists }: PolicyServiceParts): PolicyService {
  async function mustExist(resource: string): Promise<void> {
    if (await exists(resource)) return;
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${resource}' was not found`, metadata: { resource } });
  }

  return {
    async get(resource) {
      await mustExist(resource);
      return shown(await policies.find(resource));
    },

    async set(resource, body) {
      const request = readPolicyRequest(body);
      await mustExist(resource);
      for (let attempt = 1; ; attempt += 1) {
        const present = await policies.find(resource);
        const auditConfigs = request.auditConfigs ?? present?.auditConfigs ?? [];
        const next: Policy = {
          version: 1, etag: drawPolicyEtag(), bindings: request.bindings ?? present?.bindings ?? [],
          ...(auditConfigs.length > 0 ? { auditConfigs } : {}),
        };
        try {
          await policies.store(resource, next, request.etag ?? present?.etag ?? NO_POLICY_ETAG);
          authorizer.forget(resource);
          return shown(next);
        } catch (error) {
          // Who names no etag means to overwrite: what came between is read again, for the parts that stay.
          const isRace = request.etag === undefined && attempt < MOST_ATTEMPTS && error instanceof StatusError && error.reason === 'ETAG_MISMATCH';
          if (!isRace) throw error;
        }
      }
    },

    async test(principal, resource, body) {
      const asked = readPermissions(body);
      if (!(await exists(resource))) return {};
      const permissions: string[] = [];
      for (const permission of new Set(asked)) if (await authorizer.allowed(principal, permission, resource)) permissions.push(permission);
      return permissions.length === 0 ? {} : { permissions };
    },

    async bind(resource, bindings) {
      await policies.bind(resource, bindings);
      authorizer.forget(resource);
    },
  };
}

function shown(policy: Policy | undefined): ShownPolicy {
  if (policy === undefined) return { etag: NO_POLICY_ETAG };
  const { bindings, ...rest } = policy;
  return bindings.length === 0 ? rest : { ...rest, bindings };
}
