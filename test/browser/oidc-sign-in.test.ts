// Signing in at an issuer: through the browser as people do it, and each way in which it must not work.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './accessible.ts';
import { eventually } from './patience.ts';
import { startSmallIssuer } from './small-issuer.ts';
import { type ConsoleWorld, withConsole } from './with-console.ts';

const issuer = await startSmallIssuer();
const folder = mkdtempSync(join(tmpdir(), 'konektor-sign-in-'));
const secretFile = join(folder, 'client-secret');
writeFileSync(secretFile, `${issuer.clientSecret}\n`);

let world: ConsoleWorld;
withConsole((made) => { world = made; }, {
  KONEKTOR_ADMINS: 'user:ani@example.com', KONEKTOR_LOG_LEVEL: 'info',
  KONEKTOR_OIDC_ISSUERS: JSON.stringify([
    { issuer: issuer.issuer, audience: 'the-api', consoleClientId: issuer.clientId, consoleClientSecretFile: secretFile, consoleName: 'Toko' },
    { issuer: 'http://localhost:9', audience: 'the-api', consoleClientId: 'nobodys' },
    { issuer: 'http://localhost:9/tokens-only', audience: 'the-api' },
  ]),
});
beforeAll(() => { issuer.redirectUri = `${world.server.url}/console/sign-in/callback`; });
afterAll(() => {
  issuer.close();
  rmSync(folder, { recursive: true });
});

describe('signing in at an issuer', () => {
  it('leads back to the page that was wanted, and ends with signing out', async () => {
    const { page, context, foreign } = await world.open('/console/projects/demo/secrets?q=stripe', { token: null });
    await page.getByRole('link', { name: 'Sign in with Toko' }).waitFor();
    expect(await page.getByRole('link').allTextContents()).toEqual(['Sign in with Toko', 'Sign in with localhost:9']);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sign in with Toko' }).click();
    await page.getByRole('link', { name: 'Continue as Ani' }).click();
    await page.getByRole('heading', { name: 'Secrets' }).waitFor();
    expect(new URL(page.url()).search).toBe('?q=stripe');
    await page.getByRole('link', { name: 'stripe-api-key' }).waitFor();
    const cookies = await context.cookies();
    expect(cookies).toEqual([expect.objectContaining({ name: 'konektor_session', httpOnly: true, sameSite: 'Strict' })]);
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).not.toMatch(/eyJ|opaque/);
    await page.goto('/console/settings');
    await page.getByText('user:ani@example.com').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in with Toko' }).waitFor();
    expect(await context.cookies()).toEqual([]);
    // The browser itself went to the issuer; the page asked nobody.
    expect(new Set(foreign.splice(0).map((address) => new URL(address).origin))).toEqual(new Set([issuer.issuer]));
  });

  it('says in the reader\'s words why it did not work', async () => {
    const { page } = await world.open('/console?signIn=denied', { token: null, locale: 'id-ID' });
    await page.getByText('tidak mengizinkan').waitFor();
    await page.getByRole('link', { name: 'Masuk dengan Toko' }).waitFor();
  });
});

interface Begun {
  readonly address: string;
  readonly cookie: string;
}

const visit = (address: string, headers: Record<string, string> = {}): Promise<Response> => fetch(address, { redirect: 'manual', headers });
const cookieOf = (answer: Response, name: string): string => answer.headers.getSetCookie().find((one) => one.startsWith(`${name}=`))?.split(';')[0] ?? '';

async function begin(to = '/console/projects'): Promise<Begun> {
  const answer = await visit(`${world.server.url}/console/sign-in/with/1?to=${encodeURIComponent(to)}`);
  expect(answer.status).toBe(303);
  return { address: answer.headers.get('location') ?? '', cookie: cookieOf(answer, 'konektor_sign_in') };
}

/** Where the browser is sent to when it comes back, and whether it is signed in then. */
async function end(address: string, cookie: string): Promise<{ readonly to: string | null; readonly session: string }> {
  const answer = await visit(address, cookie === '' ? {} : { cookie });
  expect(answer.status).toBe(303);
  return { to: answer.headers.get('location'), session: cookieOf(answer, 'konektor_session') };
}

describe('a sign-in', () => {
  const EXPIRED = { to: '/console?signIn=expired', session: '' };
  const REFUSED = { to: '/console?signIn=refused', session: '' };

  it('is believed once, in the browser that began it, with the answer to what it asked', async () => {
    const { address, cookie } = await begin();
    const back = issuer.approve(address);
    const other = await begin();
    expect(await end(back, ''), 'without the cookie').toEqual(EXPIRED);
    expect(await end(back, other.cookie), 'with that of another').toEqual(EXPIRED);
    expect(await end(back, `${cookie.slice(0, -4)}AAAA`), 'altered').toEqual(EXPIRED);
    expect(await end(back.replace(encodeURIComponent(issuer.issuer), 'https%3A%2F%2Fevil.example'), cookie), 'of another issuer').toEqual(REFUSED);
    const { to, session } = await end(back, cookie);
    expect(to).toBe('/console/projects');
    const ask = async (headers: Record<string, string>): Promise<number> => (await fetch(`${world.server.url}/v1/projects`, { headers })).status;
    expect(await ask({ cookie: session, 'x-konektor-console': '1' })).toBe(200);
    expect(await ask({ cookie: session })).toBe(401);
    expect(await end(back, cookie), 'a second time').toEqual(REFUSED);
    // What one sign-in keeps opens no session.
    expect(await ask({ cookie: other.cookie.replace('konektor_sign_in', 'konektor_session'), 'x-konektor-console': '1' })).toBe(401);
  });

  it.each([
    ['of another sign-in', { nonce: 'another' }], ['without the nonce', { nonce: undefined }], ['for programs, not for the console', { aud: 'the-api' }], ['for somebody else', { aud: 'elsewhere' }],
    ['that has expired', { exp: 1_000 }], ['of another issuer', { iss: 'https://evil.example' }],
  ])('is not believed with an identity token %s', async (_name, claims) => {
    issuer.claims = claims;
    const { address, cookie } = await begin();
    expect(await end(issuer.approve(address), cookie)).toEqual(REFUSED);
    issuer.claims = {};
  });

  it('that the issuer refuses is told apart from one that cannot be asked', async () => {
    const { address, cookie } = await begin();
    const state = new URL(address).searchParams.get('state') ?? '';
    expect(await end(`${issuer.redirectUri}?error=access_denied&state=${state}`, cookie)).toEqual({ to: '/console?signIn=denied', session: '' });
    expect((await visit(`${world.server.url}/console/sign-in/with/2`)).headers.get('location')).toBe('/console?signIn=unavailable');
    for (const id of ['3', '0', 'x']) expect((await visit(`${world.server.url}/console/sign-in/with/${id}`)).headers.get('location')).toBe('/console?signIn=refused');
    // The log has why, without a secret.
    await eventually(() => world.server.output()).toContain('did not let the caller sign in (access_denied)');
    expect(world.server.output()).not.toContain(issuer.clientSecret);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', '/console\\..//evil.example', '/v1/projects', 'javascript:alert(1)', '/console/a\r\nx: y'])('goes on to a page of the console alone, not to %s', async (to) => {
    const { address, cookie } = await begin(to);
    expect((await end(issuer.approve(address), cookie)).to).toBe('/console');
  });

  it('asks with PKCE, and with the one redirect URI whatever host it was called by', async () => {
    const { url } = world.server;
    const location = await new Promise<string>((resolve, reject) => {
      get(`${url}/console/sign-in/with/1`, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } }, (answer) => { answer.resume(); resolve(answer.headers.location ?? ''); }).once('error', reject);
    });
    const asked = Object.fromEntries(new URL(location).searchParams);
    expect(asked).toMatchObject({ redirect_uri: issuer.redirectUri, response_type: 'code', code_challenge_method: 'S256', scope: 'openid email profile' });
    expect(asked['code_challenge']).toMatch(/^[\w-]{43}$/);
  });
});
