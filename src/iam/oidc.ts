// JSON Web Tokens of configured issuers: verified by the issuer's published keys, and read as one of our principals. What was
// verified is kept by its hash, so that a caller's next call waits for nothing.
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { StatusError } from '../errors/status-error.ts';
import { fetchWithin, readDiscovery } from './issuer-fetch.ts';
import { memberOfEmail, normalizeMember, serviceAccountResource } from './members.ts';
import { createPrincipal, type Principal } from './principal.ts';
import { keyOfToken } from './tokens.ts';

export interface Issuer {
  /** As `iss` of its tokens says, letter for letter. */
  readonly issuer: string;
  /** What `aud` of a token must name. */
  readonly audience: string;
  /** The console's client id at the issuer: identity tokens that are made out to it are taken too. */
  readonly consoleClientId?: string;
  /** Where its keys are; otherwise found by OpenID Connect discovery. */
  readonly jwksUri?: string;
  /** The claim that says who the caller is; `email` unless set. */
  readonly memberClaim?: string;
  /** The claim that lists the caller's groups. */
  readonly groupsClaim?: string;
  /**
   * Projects whose service accounts it may speak for, comma-separated; `*` for all. Whoever owns a project of that name at the
   * issuer is then believed to be the accounts of the project of that name here.
   */
  readonly accountProjects?: string;
}

export interface OidcParts {
  readonly issuers: readonly Issuer[];
  readonly admins: ReadonlySet<string>;
  readonly now: () => Date;
  /** How long the keys of an issuer are not asked for again on an unknown key. */
  readonly keyPauseMs?: number;
}

/** @throws StatusError UNAUTHENTICATED with why, UNAVAILABLE where the issuer cannot be asked */
export type SignedTokenVerifier = (token: string) => Principal | Promise<Principal>;

/** Asymmetric ones alone: with a shared secret whoever can verify can sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const SKEW_SECONDS = 60;
const KEY_PAUSE_MS = 10_000;
/** A key that its issuer withdrew is believed no longer than this. */
const LONGEST_KEPT_MS = 600_000;
const MOST_KEPT = 10_000;
const MOST_GROUPS = 500;
/** After a failure an issuer is left alone for a moment, whatever comes in. */
const FAILURE_PAUSE_MS = 2_000;

export function createOidcVerifier({ issuers, admins, now, keyPauseMs = KEY_PAUSE_MS }: OidcParts): SignedTokenVerifier {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: createKeys(issuer, now, keyPauseMs) }]));
  const kept = new Map<string, { readonly principal: Principal; readonly until: number }>();

  async function verify(token: string, key: string): Promise<Principal> {
    const claimed = claimsOf(token);
    const known = byName.get(claimed.iss ?? '');
    if (known === undefined) throw refused(issuers.length === 0 ? 'No issuer of signed tokens is configured here (KONEKTOR_OIDC_ISSUERS).' : 'The issuer of the token is not known here.');
    const { issuer, keys } = known;
    const payload = await checked(token, issuer, await keys(), now());
    const expiresAt = (payload.exp ?? 0) * 1_000 + SKEW_SECONDS * 1_000;
    const principal = principalOf(payload, issuer, admins, expiresAt);
    if (kept.size >= MOST_KEPT) {
      const oldest = kept.keys().next();
      if (oldest.done !== true) kept.delete(oldest.value);
    }
    kept.set(key, { principal, until: Math.min(expiresAt, now().getTime() + LONGEST_KEPT_MS) });
    return principal;
  }

  return (token) => {
    const key = keyOfToken(token);
    const found = kept.get(key);
    if (found !== undefined && found.until > now().getTime()) return found.principal;
    kept.delete(key);
    return verify(token, key);
  };
}

/** What a token says of itself, before anything is believed. */
function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw refused('The bearer token is neither known here nor a readable JSON Web Token.');
  }
}

/** The keys of one issuer: found by discovery where need be, asked for anew when a token names one that is not known. */
function createKeys(issuer: Issuer, now: () => Date, keyPauseMs: number): () => Promise<JWTVerifyGetKey> {
  let keys: JWTVerifyGetKey | undefined;
  let finding: Promise<JWTVerifyGetKey> | undefined;
  let failure: { readonly at: number; readonly error: StatusError } | undefined;

  async function find(): Promise<JWTVerifyGetKey> {
    try {
      const address = issuer.jwksUri ?? (await readDiscovery(issuer.issuer));
      keys = createRemoteJWKSet(new URL(address), { [customFetch]: fetchWithin, timeoutDuration: 5_000, cooldownDuration: keyPauseMs });
      return keys;
    } catch (error) {
      const told = unreachable(issuer, error);
      failure = { at: now().getTime(), error: told };
      throw told;
    } finally {
      finding = undefined;
    }
  }

  return () => {
    if (keys !== undefined) return Promise.resolve(keys);
    if (failure !== undefined && now().getTime() - failure.at < FAILURE_PAUSE_MS) return Promise.reject(failure.error);
    finding ??= find();
    return finding;
  };
}

async function checked(token: string, issuer: Issuer, keys: JWTVerifyGetKey, currentDate: Date): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.issuer, audience: audiencesOf(issuer), algorithms: ALGORITHMS, clockTolerance: SKEW_SECONDS, requiredClaims: ['exp', 'sub'], currentDate,
    });
    return payload;
  } catch (error) {
    throw explain(error, token, issuer);
  }
}

function audiencesOf({ audience, consoleClientId }: Issuer): string[] {
  return consoleClientId === undefined ? [audience] : [audience, consoleClientId];
}

/** Why a token was refused, in words that hold nothing of its signature. */
function explain(error: unknown, token: string, issuer: Issuer): StatusError {
  if (error instanceof errors.JWTExpired) return refused(`The token expired${typeof error.payload.exp === 'number' ? ` at ${timeOf(error.payload.exp)}` : ''}.`);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return refused(`The token is for another audience than ${audiencesOf(issuer).join(' or ')}.`);
    if (error.claim === 'nbf') return refused('The token is not valid yet.');
    return refused(`The claim "${error.claim}" of the token is missing or wrong.`);
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return refused(`The token is signed by a key that its issuer ${issuer.issuer} does not publish.`);
  if (error instanceof errors.JWSSignatureVerificationFailed) return refused('The signature of the token is wrong.');
  if (error instanceof errors.JOSEAlgNotAllowed) return refused(`Tokens signed by ${algorithmOf(token)} are not taken: only asymmetric algorithms are.`);
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid || error instanceof errors.JOSENotSupported) return refused('The token is not a well-formed signed JSON Web Token.');
  return unreachable(issuer, error);
}

function algorithmOf(token: string): string {
  try {
    return String(decodeProtectedHeader(token).alg).slice(0, 20);
  } catch {
    return 'an unknown algorithm';
  }
}

function timeOf(seconds: number): string {
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? 'an unreadable time' : time.toISOString();
}

/** `user:` or `serviceAccount:` where the claim is an address that the issuer is believed for; else the subject at the issuer. */
function principalOf(payload: JWTPayload, issuer: Issuer, admins: ReadonlySet<string>, expiresAt: number): Principal {
  const claim = issuer.memberClaim ?? 'email';
  const value = payload[claim];
  // Some issuers write the flag as text.
  const isVerified = claim !== 'email' || ['true', 'undefined'].includes(String(payload['email_verified']));
  const address = typeof value === 'string' && value.includes('@') && isVerified ? memberOfEmail(value) : undefined;
  const named = address !== undefined && speaksFor(issuer, address) ? address : undefined;
  const groups = issuer.groupsClaim === undefined ? [] : groupsOf(payload[issuer.groupsClaim]);
  return createPrincipal(named ?? subjectOf(payload.sub ?? '', issuer), groups, admins, expiresAt);
}

/** Projects here and there are named independently: an account of one is an account of the other only where a setting says so. */
function speaksFor({ accountProjects = '' }: Issuer, member: string): boolean {
  const account = serviceAccountResource(member);
  if (account === undefined) return true;
  const projects = accountProjects.split(',').map((project) => project.trim());
  return projects.includes('*') || projects.includes(account.split('/')[1] ?? '');
}

/** Realms of one host are different issuers: the path belongs to the name. */
function subjectOf(subject: string, { issuer }: Issuer): string {
  const { host, pathname } = new URL(issuer);
  const member = normalizeMember(`principal://${host}${pathname.replace(/\/+$/, '')}/${encodeURIComponent(subject)}`);
  if (member === undefined) throw refused('The subject of the token is empty or too long.');
  return member;
}

function groupsOf(claim: unknown): readonly string[] {
  const names = Array.isArray(claim) ? claim.slice(0, MOST_GROUPS) : [];
  return names.flatMap((name: unknown) => (typeof name === 'string' ? (normalizeMember(`group:${name}`) ?? []) : []));
}

function refused(message: string): StatusError {
  return new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message });
}

function unreachable(issuer: Issuer, cause: unknown): StatusError {
  return new StatusError('UNAVAILABLE', 'ISSUER_UNAVAILABLE', { message: `The keys of the issuer ${issuer.issuer} cannot be read.`, metadata: { issuer: issuer.issuer }, retryAfterMs: FAILURE_PAUSE_MS, cause });
}
