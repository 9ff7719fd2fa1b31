// Who holds a permission on a connection: by the roles that its policy and its project's bind.
import { type Policy, grantsOf, type Role } from '../api/policies.ts';

export interface Holder {
  readonly member: string;
  readonly role: string;
  readonly where: 'here' | 'above';
}

/** @param own the connection's policy, `inherited` its project's; undefined where it is not to be seen. */
export function holdersOf(permission: string, roles: readonly Role[], own: Policy | undefined, inherited: Policy | undefined): readonly Holder[] {
  const holding = new Set(roles.filter(({ includedPermissions }) => includedPermissions.includes(permission)).map(({ name }) => name));
  const from = (policy: Policy | undefined, where: Holder['where']): readonly Holder[] => (policy === undefined ? [] : grantsOf(policy)).filter(({ role }) => holding.has(role)).map((one) => ({ ...one, where }));
  return [...from(own, 'here'), ...from(inherited, 'above')].toSorted((a, b) => a.member.localeCompare(b.member));
}
