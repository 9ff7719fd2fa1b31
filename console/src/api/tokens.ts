// Tokens that are minted here. The token itself is in the answer that minted it, and in no other.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export interface Token {
  readonly id: string;
  readonly member: string;
  readonly displayName: string;
  readonly createdBy: string;
  readonly createTime: string;
  readonly expireTime: string;
  readonly revokeTime?: string;
}

export interface TokenRequest {
  /** '' for the caller's own. */
  readonly member: string;
  readonly displayName: string;
  /** `3600s`; '' for the server's usual lifetime. */
  readonly lifetime: string;
}

/** @param member undefined for all that the caller may see */
export const tokensQuery = (member?: string) => queryOptions({
  queryKey: ['tokens', member],
  queryFn: ({ signal }) => callList<Token>('/v1/tokens', 'tokens', { member }, signal),
});

/** @throws ApiError */
export function mintToken({ member, displayName, lifetime }: TokenRequest): Promise<Token & { readonly token: string }> {
  return call('/v1/tokens', { method: 'POST', body: { displayName, ...(member === '' ? {} : { member }), ...(lifetime === '' ? {} : { lifetime }) } });
}

export function revokeToken(id: string): Promise<unknown> {
  return call(`/v1/tokens/${encodeURIComponent(id)}:revoke`, { method: 'POST', body: {} });
}

export function deleteToken(id: string): Promise<unknown> {
  return call(`/v1/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export type TokenState = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

export function stateOfToken({ expireTime, revokeTime }: Token, now = Date.now()): TokenState {
  return revokeTime !== undefined ? 'REVOKED' : Date.parse(expireTime) <= now ? 'EXPIRED' : 'ACTIVE';
}
