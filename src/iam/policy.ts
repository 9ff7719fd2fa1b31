// What a policy is, how it is kept (a port), and how it is compiled for questions that must be answered at once.
import { randomBytes } from 'node:crypto';
import { findRole } from './roles.ts';

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
}

/** A google.iam.v1.Policy as it is stored. */
export interface Policy {
  readonly version: 1;
  /** Base64. */
  readonly etag: string;
  readonly bindings: readonly Binding[];
  /** Kept as they were given. */
  readonly auditConfigs?: readonly object[];
}

/** The etag of a resource that has no policy yet. */
export const NO_POLICY_ETAG = 'ACAB';

export interface PolicyRepository {
  find(resource: string): Promise<Policy | undefined>;
  /**
   * Sets the policy of a resource. With an etag only where the policy still has that one; `NO_POLICY_ETAG` means that there is none.
   * @throws StatusError ABORTED (ETAG_MISMATCH)
   */
  store(resource: string, policy: Policy, expectedEtag: string | undefined): Promise<void>;
  /** Adds members to roles in one transaction, whatever else the policy holds. */
  bind(resource: string, bindings: readonly Binding[]): Promise<void>;
}

export function drawPolicyEtag(): string {
  return randomBytes(8).toString('base64');
}

/** One binding for each role, with each member once. */
export function mergeBindings(bindings: readonly Binding[]): readonly Binding[] {
  const members = new Map<string, Set<string>>();
  for (const binding of bindings) {
    const known = members.get(binding.role) ?? new Set();
    for (const member of binding.members) known.add(member);
    members.set(binding.role, known);
  }
  return [...members].filter(([, found]) => found.size > 0).map(([role, found]) => ({ role, members: [...found] }));
}

/** Whether one of some members is granted a permission. */
export type CompiledPolicy = (members: readonly string[], permission: string) => boolean;

/** Turns roles and members about: from a permission to those who have it. Roles that are no longer known grant nothing. */
export function compilePolicy({ bindings }: Pick<Policy, 'bindings'>): CompiledPolicy {
  const holders = new Map<string, ReadonlySet<string>[]>();
  for (const { role, members } of bindings) {
    const granted = new Set(members);
    for (const permission of findRole(role)?.permissions ?? []) {
      const others = holders.get(permission);
      if (others === undefined) holders.set(permission, [granted]);
      else others.push(granted);
    }
  }
  return (members, permission) => holders.get(permission)?.some((granted) => members.some((member) => granted.has(member))) ?? false;
}
