// An issuer of JSON Web Tokens for the audience `konektor`, which gives them to whom a test says, and to clients that come with a code.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TokenIssuer {
  readonly issuer: string;
  /** A token of somebody, who is in some groups. */
  readonly signed: (email: string, groups?: readonly string[]) => Promise<string>;
  /** What clients asked for tokens with. */
  readonly asked: URLSearchParams[];
  close(): void;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }];
  const asked: URLSearchParams[] = [];
  let issuer = '';
  const signed = (email: string, groups: readonly string[] = []): Promise<string> =>
    new SignJWT({ sub: email, email, groups }).setProtectedHeader({ alg: 'ES256', kid: 'k' }).setIssuer(issuer).setAudience('konektor').setIssuedAt().setExpirationTime('10m').sign(privateKey);
  const metadata = (): object => ({
    issuer, jwks_uri: `${issuer}/keys`, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, response_types_supported: ['code'], subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'], code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['none'],
  });

  const server = createServer((request, reply) => {
    const json = (status: number, body: object): void => void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') return json(200, metadata());
    if (request.url === '/keys') return json(200, { keys });
    if (request.url !== '/token') return json(404, {});
    return void (async () => {
      const form = new URLSearchParams((await request.toArray()).join(''));
      asked.push(form);
      if (form.get('code') !== 'the-code') return json(400, { error: 'invalid_grant' });
      return json(200, { token_type: 'Bearer', access_token: await signed(`${form.get('client_id') ?? ''}@example.com`) });
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { issuer, signed, asked, close: () => { server.closeAllConnections(); server.close(); } };
}
