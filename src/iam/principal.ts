// Who is calling: one id that audit and throttles know, and every member string of a policy that means this caller.

export interface Principal {
  /** `user:ani@example.com`, `serviceAccount:…`, `principal://…`; `admin` for the administrator's token, `anonymous` for no token. */
  readonly id: string;
  /** What policies may call this principal by; its id is among them. */
  readonly members: readonly string[];
  /** May do everything: the administrator's token, and the members named in KONEKTOR_ADMINS. */
  readonly unrestricted: boolean;
  /** When the credential that was shown expires, in milliseconds since 1970; absent where it does not. */
  readonly expiresAt?: number;
}

/** Who holds the administrator's token. */
export const ADMIN: Principal = { id: 'admin', members: ['admin', 'allAuthenticatedUsers', 'allUsers'], unrestricted: true };

/** Who sends no token, where that is allowed. */
export const ANONYMOUS: Principal = { id: 'anonymous', members: ['allUsers'], unrestricted: false };

/** Every member string that a known caller answers to: itself, its domain, its groups, and everyone. */
export function membersOf(id: string, groups: readonly string[] = []): readonly string[] {
  const at = id.startsWith('user:') ? id.lastIndexOf('@') : -1;
  const domain = at === -1 ? [] : [`domain:${id.slice(at + 1)}`];
  return [id, ...domain, ...groups, 'allAuthenticatedUsers', 'allUsers'];
}

/** A known caller; unrestricted where one of its members is an administrator of the installation. */
export function createPrincipal(id: string, groups: readonly string[], admins: ReadonlySet<string>, expiresAt: number): Principal {
  const members = membersOf(id, groups);
  return { id, members, unrestricted: members.some((member) => admins.has(member)), expiresAt };
}
