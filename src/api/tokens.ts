// Tokens that are minted here (ours, not the platform's). Every known caller may call these rows; what of is theirs, the
// service decides.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, Empty, Instant, nextPageToken, PageQuery } from './schema.ts';

const shape = {
  id: Type.String(), member: Type.String(), displayName: Type.String(), createdBy: Type.String(), createTime: Instant, expireTime: Instant, revokeTime: Type.Optional(Instant),
};
const Token = Type.Object(shape, { title: 'Token' });
const TokenInput = Type.Object({
  member: Type.Optional(Type.String({ description: 'Whose it is; the caller\'s unless set.' })), displayName: Type.Optional(Type.String()), expireTime: Type.Optional(Instant),
  lifetime: Type.Optional(Type.String({ description: 'Instead of expireTime, in seconds: 3600s.' })),
}, { title: 'TokenInput' });

export const tokenOperations = {
  'tokens.create': operation({
    id: 'tokens.create', summary: 'Mints a token for the caller or for a service account; an administrator, for anyone. It is shown once.',
    http: { method: 'POST', path: '/v1/tokens' }, permission: null, effect: 'write',
    query: Type.Object({}), body: AnyObject, bodyShape: TokenInput, output: Type.Object({ ...shape, token: Type.String({ description: 'The token itself, shown this once.' }) }, { title: 'MintedToken' }),
  }),
  'tokens.list': operation({
    id: 'tokens.list', summary: 'Lists the tokens of the caller, newest first; an administrator sees all.',
    http: { method: 'GET', path: '/v1/tokens' }, permission: null, effect: 'read',
    query: Type.Object({ ...PageQuery, member: Type.Optional(Type.String({ maxLength: 512, description: 'Only the tokens of this member.' })) }), body: undefined,
    output: Type.Object({ tokens: Type.Array(Token), nextPageToken }),
  }),
  'tokens.get': operation({
    id: 'tokens.get', summary: 'Shows a token: whose it is and until when, never the token itself.',
    http: { method: 'GET', path: '/v1/tokens/{token}' }, permission: null, effect: 'read',
    query: Type.Object({}), body: undefined, output: Token,
  }),
  'tokens.revoke': operation({
    id: 'tokens.revoke', summary: 'Revokes a token at once; its record stays.',
    http: { method: 'POST', path: '/v1/tokens/{token}:revoke' }, permission: null, effect: 'destroy',
    query: Type.Object({}), body: AnyObject, output: Token,
  }),
  'tokens.delete': operation({
    id: 'tokens.delete', summary: 'Revokes a token and removes its record.',
    http: { method: 'DELETE', path: '/v1/tokens/{token}' }, permission: null, effect: 'destroy',
    query: Type.Object({}), body: undefined, output: Empty,
  }),
} as const;
