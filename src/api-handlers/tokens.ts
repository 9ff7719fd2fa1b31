// What the rows of tokens do.
import type { ApiHandlers } from '../api/table.ts';
import type { tokenOperations } from '../api/tokens.ts';
import type { Principal } from '../iam/principal.ts';
import type { TokenService } from '../iam/token-service.ts';
import { pageToken, readPage } from './paging.ts';

type TokenHandlers = Pick<ApiHandlers<Principal>, keyof typeof tokenOperations>;

export function tokenHandlers(tokens: TokenService): TokenHandlers {
  return {
    'tokens.create': async ({ principal }, { body }) => tokens.mint(principal, body),
    'tokens.list': async ({ principal }, { query }) => {
      const page = readPage(query, { usual: 100, most: 1_000 });
      const found = await tokens.list(principal, { ...page, size: page.size + 1, ...(query.member === undefined ? {} : { member: query.member }) });
      const cut = found.slice(0, page.size);
      const last = cut.at(-1);
      return { tokens: cut, ...(found.length > cut.length && last !== undefined ? { nextPageToken: pageToken(last.id) } : {}) };
    },
    'tokens.get': async ({ principal }, { path }) => tokens.get(principal, path.token),
    'tokens.revoke': async ({ principal }, { path }) => tokens.revoke(principal, path.token),
    'tokens.delete': async ({ principal }, { path }) => {
      await tokens.remove(principal, path.token);
      return {};
    },
  };
}
