// Signed tokens against a real issuer: an HTTP server on this machine with keys of its own.
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import { createOidcVerifier, type Issuer } from './oidc.ts';
import type { Principal } from './principal.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** What the issuer publishes, and what was asked of it. */
const published = { keys: [] as object[], issuer: '', answer: 200, redirect: false, large: false, asked: [] as string[] };
let server: Server;
let base = '';
const signers = new Map<string, Key>();

async function addKey(kid: string, algorithm = 'ES256'): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  signers.set(kid, privateKey);
  published.keys.push({ ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' });
}

beforeAll(async () => {
  server = createServer((request, reply) => {
    published.asked.push(request.url ?? '');
    if (published.redirect) return void reply.writeHead(302, { location: '/elsewhere' }).end();
    const body = request.url === '/realm/.well-known/openid-configuration' ? { issuer: published.issuer, jwks_uri: `${base}/keys` } : { keys: published.keys, ...(published.large ? { padding: 'x'.repeat(2 * 1024 * 1024) } : {}) };
    return void reply.writeHead(published.answer, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  published.issuer = `${base}/realm`;
  await addKey('one');
  await addKey('rsa', 'RS256');
});
afterAll(() => void server.close());

interface Asked {
  readonly claims?: JWTPayload;
  readonly kid?: string;
  readonly algorithm?: string;
  readonly seconds?: number;
  readonly audience?: string;
  readonly issuer?: string;
  readonly key?: Key | Uint8Array;
}

function sign({ claims = { sub: 'subject-1', email: 'Ani@Example.com' }, kid = 'one', algorithm = 'ES256', seconds = 600, audience = 'konektor', issuer = published.issuer, key = signers.get(kid) }: Asked = {}): Promise<string> {
  if (key === undefined) throw new Error(`there is no key ${kid}`);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid }).setIssuer(issuer).setAudience(audience).setIssuedAt(now).setExpirationTime(now + seconds).sign(key);
}

function verifier(more: Partial<Issuer> = {}, admins: readonly string[] = []): (token: string) => Principal | Promise<Principal> {
  return createOidcVerifier({ issuers: [{ issuer: published.issuer, audience: 'konektor', ...more }], admins: new Set(admins), now: () => new Date(), keyPauseMs: 0 });
}

async function refusal(verify: (token: string) => Principal | Promise<Principal>, token: string): Promise<StatusError> {
  try {
    await verify(token);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
  throw new Error('the token was taken');
}

describe('signed tokens', () => {
  it('are read as users, accounts and subjects, with domain and groups', async () => {
    const verify = verifier({ groupsClaim: 'groups' });
    expect(await verify(await sign())).toMatchObject({ id: 'user:ani@example.com', members: ['user:ani@example.com', 'domain:example.com', 'allAuthenticatedUsers', 'allUsers'], unrestricted: false });
    expect(await verifier({ groupsClaim: 'groups', accountProjects: 'q, p' })(await sign({ claims: { sub: '1', email: 'ci@p.iam.gserviceaccount.com', groups: ['ops', 7, 'a b'] } }))).toMatchObject({
      id: 'serviceAccount:ci@p.iam.gserviceaccount.com', members: ['serviceAccount:ci@p.iam.gserviceaccount.com', 'group:ops', 'allAuthenticatedUsers', 'allUsers'],
    });
    const subject = `principal://${new URL(base).host}/realm/a%2Fb`;
    expect(await verify(await sign({ claims: { sub: 'a/b', email: 'x@example.com', email_verified: false } }))).toMatchObject({ id: subject });
    expect(await verify(await sign({ claims: { sub: 'a/b' } }))).toMatchObject({ id: subject });
    expect(await verifier({ memberClaim: 'upn' })(await sign({ claims: { sub: 's', upn: 'budi@example.com' }, kid: 'rsa', algorithm: 'RS256' }))).toMatchObject({ id: 'user:budi@example.com' });
    expect(await verifier({ groupsClaim: 'groups' }, ['group:ops'])(await sign({ claims: { sub: 's', groups: ['ops'] } }))).toMatchObject({ unrestricted: true });
  });

  it('speak for service accounts of a project only where the issuer is believed for it: anyone may own one of that name there', async () => {
    const claims = { sub: '1', email: 'Connections@Acme.iam.gserviceaccount.com', email_verified: true };
    const subject = { id: `principal://${new URL(base).host}/realm/1` };
    const account = { id: 'serviceAccount:connections@acme.iam.gserviceaccount.com' };
    for (const [accountProjects, expected] of [[undefined, subject], ['acme-2,acm', subject], ['shop,acme', account], ['*', account]] as const) {
      expect(await verifier(accountProjects === undefined ? {} : { accountProjects })(await sign({ claims })), accountProjects).toMatchObject(expected);
    }
    expect(await verifier({ memberClaim: 'upn' })(await sign({ claims: { sub: '1', upn: claims.email } }))).toMatchObject(subject);
    expect(await verifier()(await sign({ claims: { sub: '1', email: '1-compute@developer.gserviceaccount.com' } }))).toMatchObject({ id: 'serviceAccount:1-compute@developer.gserviceaccount.com' });
  });

  it.each([[false, false], ['false', false], ['no', false], [0, false], [null, false], [true, true], ['true', true]])('believe an address that is verified alone: %j', async (verified, believed) => {
    const { id } = await verifier()(await sign({ claims: { sub: '1', email: 'root@example.com', email_verified: verified } }));
    expect(id).toBe(believed ? 'user:root@example.com' : `principal://${new URL(base).host}/realm/1`);
  });

  it('are verified once, and then known at once', async () => {
    const verify = verifier();
    const token = await sign();
    const first = await verify(token);
    published.asked.length = 0;
    expect(verify(token)).toBe(first);
    expect(published.asked).toEqual([]);
  });

  it('are refused with the reason, and without the token', async () => {
    const stranger = await generateKeyPair('ES256');
    const verify = verifier();
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['expired', await sign({ seconds: -61 }), /expired at 20/],
      ['for another audience', await sign({ audience: 'other' }), /another audience than konektor/],
      ['of another issuer', await sign({ issuer: 'https://elsewhere.example.com' }), /issuer of the token is not known/],
      ['signed by an unknown key', await sign({ kid: 'two', key: stranger.privateKey }), /signed by a key that its issuer/],
      ['signed by a stranger', await sign({ kid: 'one', key: stranger.privateKey }), /signature of the token is wrong/],
      ['not valid yet', await sign({ claims: { sub: 's', nbf: Math.floor(Date.now() / 1000) + 300 } }), /not valid yet/],
      ['signed by a shared secret', await sign({ algorithm: 'HS256', key: new TextEncoder().encode('x'.repeat(32)) }), /HS256 are not taken/],
      ['not signed', new UnsecuredJWT({ sub: 's' }).setIssuer(published.issuer).setAudience('konektor').setExpirationTime('5m').encode(), /none are not taken|well-formed/],
      ['without a subject', await sign({ claims: {} }), /"sub"/],
      ['not readable', 'aaaa.bbbb.cccc', /readable JSON Web Token/],
    ];
    for (const [name, token, message] of cases) {
      const error = await refusal(verify, token);
      expect(error, name).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringMatching(message) });
      expect(JSON.stringify(error.toJson()), name).not.toContain(token);
    }
    expect(await verify(await sign({ seconds: -30 }))).toMatchObject({ id: 'user:ani@example.com' });
  });

  it('are verified by new keys when the issuer has changed its own', async () => {
    const verify = verifier();
    await verify(await sign());
    await addKey('next');
    expect(await verify(await sign({ kid: 'next' }))).toMatchObject({ id: 'user:ani@example.com' });
  });

  it('need an issuer that can be asked, speaks for itself and answers within bounds', async () => {
    const faults: readonly (readonly [string, Partial<typeof published>])[] = [
      ['away', { answer: 503 }], ['redirecting', { redirect: true }], ['speaking for another', { issuer: 'https://other.example.com' }], ['endless', { large: true }],
    ];
    const token = await sign();
    const { issuer } = published;
    for (const [name, fault] of faults) {
      const verify = createOidcVerifier({ issuers: [{ issuer, audience: 'konektor' }], admins: new Set(), now: () => new Date(), keyPauseMs: 0 });
      Object.assign(published, fault);
      expect(await refusal(verify, token), name).toMatchObject({ code: 'UNAVAILABLE', reason: 'ISSUER_UNAVAILABLE' });
      Object.assign(published, { answer: 200, redirect: false, large: false, issuer });
    }
    published.asked.length = 0;
    const direct = verifier({ jwksUri: `${base}/keys` });
    expect(await direct(token)).toMatchObject({ id: 'user:ani@example.com' });
    expect(published.asked).toEqual(['/keys']);
  });

  it('leave a failing issuer alone for a moment, then ask again', async () => {
    let time = Date.now();
    const verify = createOidcVerifier({ issuers: [{ issuer: published.issuer, audience: 'konektor' }], admins: new Set(), now: () => new Date(time), keyPauseMs: 0 });
    const token = await sign();
    published.answer = 500;
    published.asked.length = 0;
    for (let call = 0; call < 5; call += 1) await refusal(verify, token);
    expect(published.asked).toHaveLength(1);
    published.answer = 200;
    time += 2_001;
    expect(await verify(token)).toMatchObject({ id: 'user:ani@example.com' });
  });

  it('are refused where no issuer is configured', async () => {
    const verify = createOidcVerifier({ issuers: [], admins: new Set(), now: () => new Date() });
    expect(await refusal(verify, await sign())).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('KONEKTOR_OIDC_ISSUERS') });
  });
});
