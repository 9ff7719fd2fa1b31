// Bearer tokens, compared in constant time so that no timing tells a token.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { ADMIN, type Principal } from './principal.ts';

/** A new token: 32 random bytes behind a prefix that scanners for leaked secrets can know. */
export function drawToken(): string {
  return `konektor_${randomBytes(32).toString('base64url')}`;
}

/** Finds who a bearer token belongs to. @throws StatusError UNAUTHENTICATED */
export type TokenVerifier = (token: string | undefined) => Principal;

/** A verifier that knows the administrator's token alone. */
export function createTokenVerifier(adminToken: string): TokenVerifier {
  const expected = Buffer.from(adminToken);
  return (token) => {
    if (token === undefined) throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'The request carries no bearer token.' });
    const given = Buffer.from(token);
    // Only the length may be learnt from the time this takes.
    if (given.length === expected.length && timingSafeEqual(given, expected)) return ADMIN;
    throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'The bearer token is not known here.' });
  };
}
