// What the rows of tokens do.
import type { ApiHandlers } from '../api/table.ts';
import type { tokenOperations } from '../api/tokens.ts';
import type { Principal } from '../iam/principal.ts';
import type { TokenService } from '../iam/token-service.ts';
import { parseOrder } from '../listing/order.ts';
import { readPage, writePageToken, type ListSpec } from '../listing/page.ts';

type TokenHandlers = Pick<ApiHandlers<Principal>, keyof typeof tokenOperations>;

const FIELDS = { id: 'text' } as const;
const BY_ID = parseOrder('', FIELDS, 'id');

export function tokenHandlers(tokens: TokenService): TokenHandlers {
  return {
    'tokens.create': async ({ principal }, { body }) => tokens.mint(principal, body),
    'tokens.list': async ({ principal }, { query }) => {
      const spec: ListSpec = { list: `tokens of ${query.member ?? 'everybody'}`, fields: FIELDS, unique: 'id', sizes: { usual: 100, most: 1_000 } };
      const { size, after: [after] = [] } = readPage(query, spec, BY_ID);
      const found = await tokens.list(principal, { size: size + 1, ...(typeof after === 'string' ? { after } : {}), ...(query.member === undefined ? {} : { member: query.member }) });
      const cut = found.slice(0, size);
      const last = cut.at(-1);
      return { tokens: cut, ...(found.length > cut.length && last !== undefined ? { nextPageToken: writePageToken(query, spec, [last.id]) } : {}) };
    },
    'tokens.get': async ({ principal }, { path }) => tokens.get(principal, path.token),
    'tokens.revoke': async ({ principal }, { path }) => tokens.revoke(principal, path.token),
    'tokens.delete': async ({ principal }, { path }) => {
      await tokens.remove(principal, path.token);
      return {};
    },
  };
}
