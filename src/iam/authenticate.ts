// From a bearer token to who calls: the administrator's token, a token minted here, or one signed by a configured issuer.
// What was found is kept in memory, so that the next call with the token waits for nothing.
import { timingSafeEqual } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import type { AccountState, AccountStates } from './account-states.ts';
import { ADMIN, ANONYMOUS, createPrincipal, type Principal } from './principal.ts';
import { hashToken, isDrawnToken, keyOfToken, type TokenRepository } from './tokens.ts';

export interface AuthenticatorParts {
  readonly adminToken: string;
  readonly tokens: Pick<TokenRepository, 'findByHash'>;
  /** Whether a service account is there and enabled. */
  readonly accountExists: (email: string) => Promise<boolean>;
  /** Asked of service accounts whose tokens others signed. */
  readonly accountState: AccountStates['of'];
  /** Verifies a JSON Web Token. @throws StatusError UNAUTHENTICATED, UNAVAILABLE */
  readonly verifySigned: (token: string) => Principal | Promise<Principal>;
  /** Members who may do everything. */
  readonly admins: ReadonlySet<string>;
  /** Whether a call without a token is let through as `anonymous`. */
  readonly allowAnonymous: boolean;
  readonly now: () => Date;
  readonly mostKept?: number;
}

export interface TokenAuthenticator {
  /** Who a bearer token belongs to; undefined is a call without one. @throws StatusError UNAUTHENTICATED, UNAVAILABLE */
  authenticate(token: string | undefined): Principal | Promise<Principal>;
  /** A minted token was revoked or removed, by the key of its hash; undefined: any may have been. */
  forget(key: string | undefined): void;
}

interface Kept {
  readonly principal: Principal;
  readonly expiresAt: number;
}

const MOST_KEPT = 10_000;

export function createAuthenticator(parts: AuthenticatorParts): TokenAuthenticator {
  const { tokens, accountExists, accountState, verifySigned, admins, now, mostKept = MOST_KEPT } = parts;
  const isAdmin = adminCheck(parts.adminToken);
  const kept = new Map<string, Kept>();
  /** Grows with whatever is forgotten, so that what was read before is not kept after. */
  let forgotten = 0;

  async function read(key: string, shown: string): Promise<Principal> {
    const before = forgotten;
    const token = await tokens.findByHash(hashToken(shown));
    if (token === undefined) throw unknown();
    if (token.revokeTime !== undefined) throw refused(`The token was revoked at ${token.revokeTime}.`);
    const expiresAt = Date.parse(token.expireTime);
    const principal = createPrincipal(token.member, [], admins, expiresAt);
    if (expiresAt <= now().getTime()) throw expired(token.expireTime);
    const account = accountOf(token.member);
    if (account !== undefined && !(await accountExists(account))) throw refused(`The service account ${account} of the token is disabled or deleted.`);
    if (before === forgotten) keep(key, { principal, expiresAt });
    return principal;
  }

  function keep(key: string, found: Kept): void {
    if (kept.size >= mostKept) {
      const oldest = kept.keys().next();
      if (oldest.done !== true) kept.delete(oldest.value);
    }
    kept.set(key, found);
  }

  function minted(token: string): Principal | Promise<Principal> {
    const key = keyOfToken(token);
    const found = kept.get(key);
    if (found === undefined) return read(key, token);
    if (found.expiresAt > now().getTime()) return found.principal;
    kept.delete(key);
    throw expired(new Date(found.expiresAt).toISOString());
  }

  /** Of accounts that are not here its issuer alone knows whether they may still be used. */
  function unlessDisabled(principal: Principal): Principal | Promise<Principal> {
    const account = accountOf(principal.id);
    if (account === undefined) return principal;
    const judge = (state: AccountState): Principal => {
      if (state === 'DISABLED') throw refused(`The service account ${account} of the token is disabled.`);
      return principal;
    };
    const state = accountState(account);
    return typeof state === 'string' ? judge(state) : state.then(judge);
  }

  function signed(token: string): Principal | Promise<Principal> {
    const found = verifySigned(token);
    return found instanceof Promise ? found.then(unlessDisabled) : unlessDisabled(found);
  }

  return {
    authenticate(token) {
      if (token === undefined) {
        if (parts.allowAnonymous) return ANONYMOUS;
        throw refused('The request carries no bearer token.');
      }
      if (isAdmin(token)) return ADMIN;
      if (isDrawnToken(token)) return minted(token);
      if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return signed(token);
      throw unknown();
    },
    forget(key) {
      forgotten += 1;
      if (key === undefined) kept.clear();
      else kept.delete(key);
    },
  };
}

/** The address of a member that is a service account. */
function accountOf(member: string): string | undefined {
  return member.startsWith('serviceAccount:') ? member.slice('serviceAccount:'.length) : undefined;
}

/** Compares in constant time, so that no timing tells the token; its length may be learnt. */
function adminCheck(adminToken: string): (token: string) => boolean {
  const expected = Buffer.from(adminToken);
  return (token) => {
    const given = Buffer.from(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}

function refused(message: string): StatusError {
  return new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message });
}

const unknown = (): StatusError => refused('The bearer token is not known here.');
const expired = (time: string): StatusError => refused(`The token expired at ${time}.`);
