// Whether a principal may do something with a resource: by the policy of the resource, then by that of its project. Policies
// are compiled once and kept in memory, so that a call whose policies are known waits for nothing.
import type { Principal } from './principal.ts';
import { membersOf } from './principal.ts';
import { compilePolicy, type CompiledPolicy, type PolicyRepository } from './policy.ts';
import { policyPlaces } from './policy-places.ts';
import { findRole } from './roles.ts';

export interface Authorizer {
  /** At once where the policies are in memory. */
  allowed(principal: Principal, permission: string, resource: string): boolean | Promise<boolean>;
  /** Which of some roles a member lacks: a role is held where each of its permissions is granted by whatever role, there or on the project. */
  rolesMissing(member: string, roles: readonly string[], resource: string): Promise<readonly string[]>;
  /** The policy of a resource has changed; undefined: any may have. */
  forget(resource: string | undefined): void;
}

const MOST_KEPT = 20_000;
const grantsNothing: CompiledPolicy = () => false;

export function createAuthorizer(policies: Pick<PolicyRepository, 'find'>, mostKept: number = MOST_KEPT): Authorizer {
  const known = new Map<string, CompiledPolicy>();
  const loading = new Map<string, Promise<CompiledPolicy>>();

  function load(resource: string): Promise<CompiledPolicy> {
    const running = loading.get(resource);
    if (running !== undefined) return running;
    const started = policies.find(resource).then((policy) => {
      const compiled = policy === undefined ? grantsNothing : compilePolicy(policy);
      // Forgotten meanwhile, it may be older than what is stored now: it serves those who wait, and is not kept.
      if (loading.get(resource) === started) keep(resource, compiled);
      return compiled;
    }).finally(() => {
      if (loading.get(resource) === started) loading.delete(resource);
    });
    loading.set(resource, started);
    return started;
  }

  function keep(resource: string, compiled: CompiledPolicy): void {
    if (known.size >= mostKept) {
      const oldest = known.keys().next();
      if (oldest.done !== true) known.delete(oldest.value);
    }
    known.set(resource, compiled);
  }

  async function ask(members: readonly string[], permission: string, places: readonly string[]): Promise<boolean> {
    for (const place of places) {
      const policy = known.get(place) ?? (await load(place));
      if (policy(members, permission)) return true;
    }
    return false;
  }

  return {
    allowed(principal, permission, resource) {
      if (principal.unrestricted) return true;
      const places = policyPlaces(resource);
      for (const place of places) {
        const policy = known.get(place);
        if (policy === undefined) return ask(principal.members, permission, places);
        if (policy(principal.members, permission)) return true;
      }
      return false;
    },
    async rolesMissing(member, roles, resource) {
      const [members, places] = [membersOf(member), policyPlaces(resource)];
      const missing: string[] = [];
      for (const role of roles) {
        const wanted = findRole(role)?.permissions;
        const granted = wanted === undefined ? [false] : await Promise.all(wanted.map((permission) => ask(members, permission, places)));
        if (granted.includes(false)) missing.push(role);
      }
      return missing;
    },
    forget(resource) {
      if (resource === undefined) {
        known.clear();
        loading.clear();
        return;
      }
      // With a project goes what lies in it: it may have been deleted, and made anew.
      const within = /^projects\/[^/]+$/.test(resource) ? `${resource}/` : undefined;
      for (const kept of [known, loading]) {
        kept.delete(resource);
        if (within !== undefined) for (const place of kept.keys()) if (place.startsWith(within)) kept.delete(place);
      }
    },
  };
}
