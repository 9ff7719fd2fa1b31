// The form of members: who a policy may name, and who a token may be for.

const EMAIL = /^[^\s@:/]{1,128}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const GROUP = /^[^\s:]{1,255}$/;
const MOST_LENGTH = 512;
/** What is not seen, is no character, or becomes an ASCII letter in lower case: a member is what it looks like. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Cs}\u0130\u212a]/u;

/** Kinds of members, each with the form of what follows its colon. */
const KINDS: Readonly<Record<string, RegExp>> = { user: EMAIL, serviceAccount: EMAIL, group: GROUP, domain: DOMAIN };

export const MEMBER_FORMS = 'user:{email}, serviceAccount:{email}, group:{name}, domain:{domain}, principal://{issuer}/{subject}, allAuthenticatedUsers or allUsers';

/** The one spelling of a member, addresses in lower case. @returns undefined where it is none. */
export function normalizeMember(text: string): string | undefined {
  if (text === 'allUsers' || text === 'allAuthenticatedUsers') return text;
  if (text.length > MOST_LENGTH || DECEPTIVE.test(text)) return undefined;
  if (text.startsWith('principal://')) return /^principal:\/\/[^\s/]+(\/[^\s/]+)+$/.test(text) ? text : undefined;
  const colon = text.indexOf(':');
  const [kind, rest] = [text.slice(0, colon), text.slice(colon + 1).toLowerCase()];
  const form = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return form?.test(rest) === true ? `${kind}:${rest}` : undefined;
}

/** Whether a member is one caller, who can hold a token, and not a class of callers. */
export function isOneCaller(member: string): boolean {
  return /^(user:|serviceAccount:|principal:\/\/)/.test(member);
}

/** The member that an e-mail address means: accounts of projects are told by their domain. */
export function memberOfEmail(email: string): string | undefined {
  return normalizeMember(/\.gserviceaccount\.com$/i.test(email) ? `serviceAccount:${email}` : `user:${email}`);
}

/** `projects/p/serviceAccounts/…` of a member that is a service account of a project. */
export function serviceAccountResource(member: string): string | undefined {
  const [, email, project] = /^serviceAccount:([^@]+@([^@]+)\.iam\.gserviceaccount\.com)$/.exec(member) ?? [];
  return email === undefined || project === undefined ? undefined : `projects/${project}/serviceAccounts/${email}`;
}
