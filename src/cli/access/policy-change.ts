// Policies read, changed and written back: with the etag that was read, and once more from the beginning where somebody was
// quicker, so that nobody's change is undone.
import { CommandError } from '../command-error.ts';
import { field, membersOf } from '../members.ts';
import type { Policy, PolicyPlace } from './places.ts';

export type Bindings = NonNullable<Policy['bindings']>;

const MOST_ATTEMPTS = 5;

const AS_WRITTEN = 'Write bindings: [{"role": "roles/connectors.viewer", "members": ["user:ani@example.com"]}], as "konektor access show -o json" prints them.';

/** The bindings of a policy that somebody wrote. @throws CommandError with every one that is none */
export function readBindings(given: unknown): Bindings {
  if (!Array.isArray(given)) throw new CommandError('INVALID_ARGUMENT', 'The bindings of a policy must be a list.', AS_WRITTEN);
  const read = given.map(bindingOf);
  const faults = read.flatMap((one, index) => (one === undefined ? [`bindings[${index}]`] : []));
  if (faults.length > 0) throw new CommandError('INVALID_ARGUMENT', `No role with its members: ${faults.join(', ')}.`, AS_WRITTEN);
  return read.filter((one) => one !== undefined);
}

/** What else it holds is for the server to judge. */
function bindingOf(given: unknown): Bindings[number] | undefined {
  const [role, members] = [field(given, 'role'), field(given, 'members')];
  return typeof role === 'string' && isTexts(members) ? { ...membersOf(given), role, members } : undefined;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** @param change gives the bindings that are wanted of those that there are, or those themselves where nothing is to be done. @throws CommandError */
export async function changePolicy(place: PolicyPlace, change: (bindings: Bindings) => Bindings): Promise<Policy> {
  for (let attempt = 1; ; attempt += 1) {
    const policy = await place.read();
    const before = policy.bindings ?? [];
    const bindings = change(before);
    if (bindings === before) return policy;
    try {
      return await place.write({ ...policy, bindings });
    } catch (error) {
      if (!(error instanceof CommandError) || error.code !== 'ABORTED' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** With a member in the bindings of some roles. */
export function granted(bindings: Bindings, member: string, roles: readonly string[]): Bindings {
  return roles.reduce<Bindings>((before, role) => {
    const at = before.findIndex((one) => one.role === role);
    const binding = before[at];
    if (binding === undefined) return [...before, { role, members: [member] }];
    return binding.members.includes(member) ? before : before.with(at, { ...binding, members: [...binding.members, member] });
  }, bindings);
}

/** Without a member in the bindings of some roles. @throws CommandError where it has one of them not. */
export function revoked(bindings: Bindings, member: string, roles: readonly string[]): Bindings {
  const lacking = roles.filter((role) => !bindings.some((one) => one.role === role && one.members.includes(member)));
  if (lacking.length > 0) throw new CommandError('NOT_FOUND', `${member} has no ${lacking.join(', ')} here.`, 'konektor access show tells who has which role; what is granted on the project is revoked there.');
  return bindings.map((one) => (roles.includes(one.role) ? { ...one, members: one.members.filter((other) => other !== member) } : one)).filter(({ members }) => members.length > 0);
}

/** `roles/connectors.invoker` of `connectors.invoker`. */
export function roleName(role: string): string {
  return role.startsWith('roles/') ? role : `roles/${role}`;
}
