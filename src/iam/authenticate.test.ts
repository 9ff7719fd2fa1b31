import { describe, expect, it } from 'vitest';
import { createAuthenticator, type TokenAuthenticator } from './authenticate.ts';
import { ADMIN, createPrincipal } from './principal.ts';
import { drawToken, hashKey, hashToken, type Token } from './tokens.ts';

const ADMIN_TOKEN = 'konektor_geheim_0123456789';
const START = Date.parse('2026-01-02T03:04:05.000Z');

/** Tokens in a map, a clock that can be moved, and an authenticator over both. */
function world(more: { readonly allowAnonymous?: boolean; readonly mostKept?: number } = {}) {
  const tokens = new Map<string, Token>();
  const state = { time: START, reads: 0, accounts: new Set(['a@p.iam.gserviceaccount.com']), disabled: new Set<string>(), signer: 'user:signed@example.com' };
  const authenticator = createAuthenticator({
    adminToken: ADMIN_TOKEN, admins: new Set(['user:root@example.com']), allowAnonymous: false, now: () => new Date(state.time),
    tokens: { findByHash: async (hash) => {
      state.reads += 1;
      return tokens.get(hashKey(hash));
    } },
    accountExists: async (email) => state.accounts.has(email),
    accountState: (email) => (state.disabled.has(email) ? 'DISABLED' : state.accounts.has(email) ? Promise.resolve('ENABLED' as const) : 'MISSING'),
    verifySigned: () => createPrincipal(state.signer, [], new Set(), 0),
    ...more,
  });
  const mint = (member: string): string => {
    const token = drawToken();
    tokens.set(hashKey(hashToken(token)), { id: token.slice(-5), member, displayName: '', createdBy: 'admin', createTime: new Date(START).toISOString(), expireTime: new Date(START + 60_000).toISOString() });
    return token;
  };
  return { authenticator, tokens, state, mint };
}

async function refusal(authenticator: TokenAuthenticator, token: string | undefined): Promise<unknown> {
  try {
    return await authenticator.authenticate(token);
  } catch (error) {
    return error;
  }
}

describe('the authenticator', () => {
  it('opens to the administrator and to nobody who knows less', async () => {
    const { authenticator } = world();
    expect(authenticator.authenticate(ADMIN_TOKEN)).toBe(ADMIN);
    for (const other of [undefined, '', 'konektor_geheim_012345678', 'konektor_geheim_0123456788', 'konektor_geheim_01234567890', 'kônektor_geheim_012345678', drawToken()]) {
      expect(await refusal(authenticator, other), other).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('knows a minted token at once after the first time, until it expires', async () => {
    const { authenticator, state, mint } = world();
    const token = mint('user:ani@example.com');
    expect(await authenticator.authenticate(token)).toMatchObject({ id: 'user:ani@example.com', members: ['user:ani@example.com', 'domain:example.com', 'allAuthenticatedUsers', 'allUsers'], unrestricted: false });
    expect(authenticator.authenticate(token)).toMatchObject({ id: 'user:ani@example.com', expiresAt: START + 60_000 });
    expect(state.reads).toBe(1);
    state.time = START + 60_000;
    expect(await refusal(authenticator, token)).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('expired at 2026-01-02T03:05:05.000Z') });
    expect(await refusal(authenticator, token)).toMatchObject({ message: expect.stringContaining('expired at') });
  });

  it('refuses a service account that is disabled here, whoever signed its token', async () => {
    const { authenticator, state } = world();
    const ask = (email: string): Promise<unknown> => {
      state.signer = `serviceAccount:${email}`;
      return refusal(authenticator, 'a.b.c');
    };
    for (const email of ['a@p.iam.gserviceaccount.com', 'elsewhere@other.iam.gserviceaccount.com']) {
      state.disabled.clear();
      expect(await ask(email)).toMatchObject({ id: `serviceAccount:${email}` });
      state.disabled.add(email);
      expect(await ask(email)).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('disabled') });
    }
  });

  it('refuses a revoked token as soon as it is told', async () => {
    const { authenticator, tokens, mint } = world();
    const token = mint('user:ani@example.com');
    await authenticator.authenticate(token);
    const key = hashKey(hashToken(token));
    const before = tokens.get(key);
    if (before !== undefined) tokens.set(key, { ...before, revokeTime: '2026-01-02T03:04:06.000Z' });
    authenticator.forget(key);
    expect(await refusal(authenticator, token)).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('revoked') });
    tokens.delete(key);
    expect(await refusal(authenticator, token)).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('not known') });
  });

  it('does not keep what was read before it was told of a change', async () => {
    const { authenticator, state, mint } = world();
    const token = mint('user:ani@example.com');
    const early = authenticator.authenticate(token);
    authenticator.forget(undefined);
    await early;
    await authenticator.authenticate(token);
    expect(state.reads).toBe(2);
  });

  it('refuses the tokens of an account that is disabled or deleted', async () => {
    const { authenticator, state, mint } = world();
    const token = mint('serviceAccount:a@p.iam.gserviceaccount.com');
    expect(await authenticator.authenticate(token)).toMatchObject({ id: 'serviceAccount:a@p.iam.gserviceaccount.com' });
    state.accounts.clear();
    authenticator.forget(undefined);
    expect(await refusal(authenticator, token)).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('disabled or deleted') });
  });

  it('lets the named administrators do everything', async () => {
    const { authenticator, mint } = world();
    expect(await authenticator.authenticate(mint('user:root@example.com'))).toMatchObject({ unrestricted: true });
  });

  it('hands signed tokens on, and lets nobody in without one unless it may', async () => {
    expect(await refusal(world().authenticator, 'aa.bb.cc')).toMatchObject({ id: 'user:signed@example.com' });
    expect(await refusal(world().authenticator, undefined)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refusal(world({ allowAnonymous: true }).authenticator, undefined)).toMatchObject({ id: 'anonymous', members: ['allUsers'], unrestricted: false });
  });

  it('keeps no more than it may', async () => {
    const { authenticator, state, mint } = world({ mostKept: 2 });
    const all = ['a', 'b', 'c'].map((name) => mint(`user:${name}@example.com`));
    for (const token of all) await authenticator.authenticate(token);
    await authenticator.authenticate(all[2]);
    expect(state.reads).toBe(3);
    await authenticator.authenticate(all[0]);
    expect(state.reads).toBe(4);
  });
});
