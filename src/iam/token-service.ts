// Minting, showing and revoking tokens: for oneself, for service accounts that one may mint for, and, for administrators,
// for anyone.
import { invalidFields, StatusError } from '../errors/status-error.ts';
import type { Authorizer } from './authorize.ts';
import { serviceAccountResource } from './members.ts';
import type { Principal } from './principal.ts';
import { readTokenRequest } from './token-request.ts';
import { drawToken, hashToken, newTokenId, type Token, type TokenPage, type TokenRepository } from './tokens.ts';

export interface TokenServiceParts {
  readonly tokens: TokenRepository;
  readonly authorizer: Pick<Authorizer, 'allowed'>;
  /** Whether a service account is there and enabled. */
  readonly accountExists: (email: string) => Promise<boolean>;
  /** Where no lifetime is named, and at most. */
  readonly usualSeconds: number;
  readonly longestSeconds: number;
  /** Tokens that a member may have which are neither expired nor revoked. */
  readonly mostTokens: number;
  /** What this process remembers of tokens is to be dropped before the call ends; the others hear of it from the store. */
  readonly changed: () => void;
  readonly now: () => Date;
}

export interface TokenService {
  /** @returns the token's record with the token itself, which is never shown again. @throws StatusError INVALID_ARGUMENT, PERMISSION_DENIED, NOT_FOUND, RESOURCE_EXHAUSTED */
  mint(principal: Principal, body: Readonly<Record<string, unknown>>): Promise<Token & { readonly token: string }>;
  /** Own tokens, newest first; those of a member that the caller may mint for; for administrators all. @throws StatusError PERMISSION_DENIED */
  list(principal: Principal, page: TokenPage): Promise<readonly Token[]>;
  /** @throws StatusError NOT_FOUND, also for tokens that the caller may not see */
  get(principal: Principal, id: string): Promise<Token>;
  revoke(principal: Principal, id: string): Promise<Token>;
  remove(principal: Principal, id: string): Promise<void>;
}

const MINT = 'iam.serviceAccounts.getAccessToken';

export function createTokenService(parts: TokenServiceParts): TokenService {
  const { tokens, authorizer, now } = parts;

  /** Whether the caller may mint for a member, and so see and revoke what was minted for it. */
  async function mayMintFor(principal: Principal, member: string): Promise<boolean> {
    if (principal.unrestricted || principal.id === member) return true;
    const account = serviceAccountResource(member);
    return account !== undefined && (await authorizer.allowed(principal, MINT, account));
  }

  async function seen(principal: Principal, id: string): Promise<Token> {
    const token = await tokens.find(id);
    if (token !== undefined && (await mayMintFor(principal, token.member))) return token;
    throw missing(id);
  }

  return {
    async mint(principal, body) {
      const created = now();
      const request = readTokenRequest(body, created, parts.longestSeconds);
      const member = request.member ?? ownMember(principal);
      if (!(await mayMintFor(principal, member))) throw denied(principal, member);
      await mustBeThere(member, parts.accountExists);
      const token = drawToken();
      const hashed = hashToken(token);
      const record: Token = {
        id: newTokenId(created), member, displayName: request.displayName, createdBy: principal.id, createTime: created.toISOString(),
        expireTime: new Date(expiry(principal, member, request.expiresAt, created.getTime() + Math.min(parts.usualSeconds, parts.longestSeconds) * 1_000)).toISOString(),
      };
      if (!(await tokens.insert(record, hashed, parts.mostTokens))) throw full(member, parts.mostTokens);
      return { ...record, token };
    },

    async list(principal, page) {
      const member = page.member ?? (principal.unrestricted ? undefined : ownMember(principal));
      if (member !== undefined && !(await mayMintFor(principal, member))) throw denied(principal, member);
      return tokens.list({ size: page.size, ...(page.after === undefined ? {} : { after: page.after }), ...(member === undefined ? {} : { member }) });
    },

    get: seen,

    async revoke(principal, id) {
      await seen(principal, id);
      const revoked = await tokens.revoke(id, now().toISOString());
      parts.changed();
      if (revoked === undefined) throw missing(id);
      return revoked;
    },

    async remove(principal, id) {
      await seen(principal, id);
      await tokens.remove(id);
      parts.changed();
    },
  };
}

/** For itself a caller mints nothing that outlives what it showed. */
function expiry(principal: Principal, member: string, asked: number | undefined, usual: number): number {
  const bound = principal.id === member && !principal.unrestricted ? (principal.expiresAt ?? Infinity) : Infinity;
  if (asked === undefined) return Math.min(usual, bound);
  if (asked <= bound) return asked;
  throw invalidFields([{ field: 'lifetime', description: `is longer than that of the token it is minted with, which expires at ${new Date(bound).toISOString()}` }], 'INVALID_REQUEST');
}

function ownMember({ id }: Principal): string {
  if (id === 'admin') throw invalidFields([{ field: 'member', description: 'is missing: the administrator names whom the token is for, such as user:ani@example.com' }], 'INVALID_REQUEST');
  if (id === 'anonymous') throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'Tokens belong to known callers: the request carries no bearer token.' });
  return id;
}

async function mustBeThere(member: string, accountExists: (email: string) => Promise<boolean>): Promise<void> {
  if (!member.startsWith('serviceAccount:')) return;
  const email = member.slice('serviceAccount:'.length);
  if (await accountExists(email)) return;
  throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `There is no service account ${email}`, metadata: { resource: serviceAccountResource(member) ?? member } });
}

function denied({ id }: Principal, member: string): StatusError {
  const resource = serviceAccountResource(member) ?? member;
  return new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', {
    message: `Permission '${MINT}' denied on resource '${resource}' (or it may not exist) for ${id}: tokens are minted for oneself, for service accounts with that permission, and by administrators for anyone.`,
    metadata: { permission: MINT, resource, principal: id },
  });
}

function full(member: string, most: number): StatusError {
  return new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', {
    message: `${member} has ${most} tokens, as many as KONEKTOR_TOKENS_PER_MEMBER allows: revoke those that are not needed.`, metadata: { member, limit: String(most) },
  });
}

function missing(id: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Token '${id.slice(0, 100)}' was not found`, metadata: { resource: `tokens/${id.slice(0, 100)}` } });
}
