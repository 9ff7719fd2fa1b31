// Bearer tokens. Only hashes are compared and kept, so that neither memory dumps of tables nor timing tells a token.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from './principal.ts';

/** A new token: 32 random bytes behind a prefix that scanners for leaked secrets can know. */
export function drawToken(): string {
  return `konektor_${randomBytes(32).toString('base64url')}`;
}

function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** Finds who a bearer token belongs to. @throws StatusError UNAUTHENTICATED */
export type TokenVerifier = (token: string) => Principal;

/** A verifier that knows the administrator's token alone. */
export function createTokenVerifier(adminToken: string): TokenVerifier {
  const expected = hashToken(adminToken);
  const admin: Principal = { id: 'admin', permissions: 'all' };
  return (token) => {
    if (timingSafeEqual(hashToken(token), expected)) return admin;
    throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'The bearer token is not known here.' });
  };
}
