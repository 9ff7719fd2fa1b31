// An OpenID Connect issuer with one client and one user, as small as it can be and still say no: for tests of signing in.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface SmallIssuer {
  /** A host of another site than the server's. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one address that it sends browsers back to. */
  redirectUri: string;
  /** What the next identity token says otherwise. */
  claims: JWTPayload;
  /** Lets its user sign in, as the button of its page does. @returns where the browser is sent */
  approve(authorization: string): string;
  close(): void;
}

const [CLIENT, SECRET] = ['konektor-console', 'a secret: of + the client'];

export async function startSmallIssuer(): Promise<SmallIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const codes = new Map<string, { readonly challenge: string; readonly nonce: string }>();

  const server = createServer((request, reply) => {
    const json = (status: number, body: object): void => void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { pathname } = new URL(request.url ?? '', issuer.issuer);
    if (pathname === '/.well-known/openid-configuration') return json(200, { issuer: issuer.issuer, authorization_endpoint: `${issuer.issuer}/authorize`, token_endpoint: `${issuer.issuer}/token`, jwks_uri: `${issuer.issuer}/keys` });
    if (pathname === '/keys') return json(200, { keys });
    if (pathname === '/token') return void token(request).then((body) => json('error' in body ? 400 : 200, body), () => json(500, {}));
    if (pathname !== '/authorize') return json(404, {});
    const address = issuer.approve(`${issuer.issuer}${request.url ?? ''}`).replaceAll('&', '&amp;');
    return void reply.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><html lang="en"><title>Issuer</title><link rel="icon" href="data:,"><a href="${address}">Continue as Ani</a></html>`);
  }).listen(0);
  await once(server, 'listening');

  async function token(request: IncomingMessage): Promise<object> {
    const form = new URLSearchParams(Buffer.concat(await request.toArray() as Buffer[]).toString());
    const [id = '', secret = ''] = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString().split(':').map(decodeURIComponent);
    if (id !== CLIENT || secret !== SECRET) return { error: 'invalid_client' };
    const found = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (found === undefined || found.challenge !== challenge || form.get('redirect_uri') !== issuer.redirectUri || form.get('grant_type') !== 'authorization_code') return { error: 'invalid_grant' };
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer.issuer, aud: CLIENT, sub: 'ani', email: 'ani@example.com', email_verified: true, nonce: found.nonce, iat: now, exp: now + 600, ...issuer.claims };
    return { token_type: 'Bearer', access_token: 'opaque', id_token: await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey) };
  }

  const issuer: SmallIssuer = {
    issuer: `http://localhost:${(server.address() as AddressInfo).port}`, clientId: CLIENT, clientSecret: SECRET, redirectUri: '', claims: {},
    approve(authorization) {
      const { searchParams: asked } = new URL(authorization);
      const is = (name: string, value: string): boolean => asked.get(name) === value;
      if (!is('client_id', CLIENT) || !is('redirect_uri', issuer.redirectUri) || !is('response_type', 'code') || !is('code_challenge_method', 'S256')) throw new Error(`the issuer does not take ${authorization}`);
      const code = randomBytes(16).toString('hex');
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '' });
      return `${issuer.redirectUri}?${new URLSearchParams({ code, state: asked.get('state') ?? '', iss: issuer.issuer }).toString()}`;
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
  return issuer;
}
