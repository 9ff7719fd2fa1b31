// Signing in to the console at an issuer: the authorization code flow of OpenID Connect with PKCE (RFC 7636). What must be remembered
// between leaving and coming back is sealed and handed to the browser; nothing is kept here. The identity token that comes of it is
// verified by whoever verifies bearer tokens.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeJwt } from 'jose';
import { StatusError } from '../errors/status-error.ts';
import { isSafeAddress, postForm, readMetadata } from './issuer-fetch.ts';

/** The console as a client of one issuer. */
export interface SignInClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client: the flow is safe without, by PKCE. */
  readonly clientSecret?: string;
  /** What people call the issuer. */
  readonly name: string;
  /** Separated by spaces; openid is among them. */
  readonly scopes: string;
}

export interface SignInParts {
  readonly clients: readonly SignInClient[];
  /** Where issuers send the browser back to: always the same, so that it can be registered with them. */
  readonly redirectUri: () => string;
  /** `open` gives undefined for what was sealed by another, or altered. */
  readonly seal: { seal(text: string): string; open(sealed: string): string | undefined };
  /** Whose token this is. @throws StatusError UNAUTHENTICATED */
  readonly verify: (token: string) => unknown;
  readonly now: () => Date;
}

/** A sign-in that is under way. */
interface UnderWay {
  readonly client: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  /** In milliseconds since 1970. */
  readonly until: number;
}

export interface SignInService {
  /** In the order of the settings. */
  readonly offered: readonly { readonly id: string; readonly name: string }[];
  /** @returns where to send the browser, and what it is to bring back. @throws StatusError NOT_FOUND, UNAVAILABLE */
  begin(id: string, to: string): Promise<{ readonly address: string; readonly kept: string }>;
  /**
   * @param kept what the browser was given when it left
   * @param answer what the issuer sent it back with
   * @returns the identity token, and where to go on
   * @throws StatusError UNAUTHENTICATED: SIGN_IN_EXPIRED, SIGN_IN_DENIED, UNAUTHENTICATED; UNAVAILABLE
   */
  complete(kept: string | undefined, answer: URLSearchParams): Promise<{ readonly token: string; readonly to: string }>;
}

const LONGEST_MS = 600_000;
const FAILURE_PAUSE_MS = 2_000;

export function createSignIns({ clients, redirectUri, seal, verify, now }: SignInParts): SignInService {
  const byId = new Map(clients.map((client, index) => [String(index + 1), client]));

  function underWay(kept: string | undefined, state: string): UnderWay {
    const opened = kept === undefined ? undefined : seal.open(kept);
    const found = opened === undefined ? undefined : readUnderWay(opened);
    if (found === undefined || found.until <= now().getTime() || !isSame(found.state, state)) throw new StatusError('UNAUTHENTICATED', 'SIGN_IN_EXPIRED', { message: 'This sign-in was not begun in this browser, or too long ago.' });
    return found;
  }

  return {
    offered: [...byId].map(([id, { name }]) => ({ id, name })),

    async begin(id, to) {
      const client = byId.get(id);
      if (client === undefined) throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: 'There is no such way to sign in.', metadata: { resource: 'sign-in' } });
      const endpoint = await endpointOf(client, 'authorization_endpoint');
      const [state, nonce, verifier] = [draw(), draw(), draw()];
      const address = new URL(endpoint);
      const parameters = {
        response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri(), scope: client.scopes, state, nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
      const kept: UnderWay = { client: id, state, nonce, verifier, to: isOurs(to) ? to : '/console', until: now().getTime() + LONGEST_MS };
      return { address: address.href, kept: seal.seal(JSON.stringify(kept)) };
    },

    async complete(kept, answer) {
      const begun = underWay(kept, answer.get('state') ?? '');
      const client = byId.get(begun.client);
      // RFC 9207: an answer that names another issuer is another's.
      if (client === undefined || (answer.has('iss') && answer.get('iss') !== client.issuer)) throw refused('The answer is not of the issuer that was asked.');
      const error = answer.get('error');
      if (error !== null) throw denied(client, error);
      const token = await exchange(client, { code: answer.get('code') ?? '', code_verifier: begun.verifier, redirect_uri: redirectUri() });
      await verify(token);
      const { iss, aud, nonce } = decodeJwt(token);
      const audiences = typeof aud === 'string' ? [aud] : (aud ?? []);
      if (iss !== client.issuer || !audiences.includes(client.clientId)) throw refused(`The identity token is not of ${client.issuer} for the console.`);
      if (typeof nonce !== 'string' || !isSame(nonce, begun.nonce)) throw refused('The identity token is of another sign-in.');
      return { token, to: begun.to };
    },
  };
}

function readUnderWay(text: string): UnderWay | undefined {
  const found: unknown = JSON.parse(text);
  if (typeof found !== 'object' || found === null) return undefined;
  const { client, state, nonce, verifier, to, until } = { client: '', state: '', nonce: '', verifier: '', to: '', until: 0, ...found };
  const areTexts = [client, state, nonce, verifier, to].every((one) => typeof one === 'string' && one !== '');
  return areTexts && typeof until === 'number' ? { client, state, nonce, verifier, to, until } : undefined;
}

function draw(): string {
  return randomBytes(32).toString('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Only pages of the console are gone on to: no other host, however it is spelled. */
function isOurs(address: string): boolean {
  return address.length <= 1_000 && /^\/console(?:[/?#][\w\-.~%!$&'()*+,;=:@/?#]*)?$/.test(address);
}

async function endpointOf(client: SignInClient, name: 'authorization_endpoint' | 'token_endpoint'): Promise<string> {
  const found = (await metadataOf(client))[name];
  if (typeof found !== 'string' || !isSafeAddress(found)) throw unavailable(client, `${client.issuer} names no ${name} that may be asked.`);
  return found;
}

async function metadataOf(client: SignInClient): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await readMetadata(client.issuer);
  } catch (error) {
    throw unavailable(client, `The issuer ${client.issuer} cannot be asked how to sign in.`, error);
  }
}

/** The code for the identity token. */
async function exchange(client: SignInClient, form: Readonly<Record<string, string>>): Promise<string> {
  const { clientId, clientSecret } = client;
  const endpoint = await endpointOf(client, 'token_endpoint');
  // Basic authentication takes both in the form of a form (RFC 6749, 2.3.1).
  const basic = clientSecret === undefined ? undefined : `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
  const fields = { grant_type: 'authorization_code', ...form, ...(basic === undefined ? { client_id: clientId } : {}) };
  const { status, body } = await postForm(endpoint, fields, basic).catch((error: unknown) => { throw unavailable(client, `The issuer ${client.issuer} does not answer.`, error); });
  const { id_token: token, error } = body;
  if (status >= 500) throw unavailable(client, `The issuer ${client.issuer} answers ${status}.`);
  if (status !== 200) throw refused(`The issuer ${client.issuer} refuses the sign-in (${nameOf(error)}): check the client id, its secret and the redirect URI ${form['redirect_uri'] ?? ''}.`);
  if (typeof token !== 'string') throw refused(`The issuer ${client.issuer} gave no identity token: the scope openid is needed.`);
  return token;
}

/** What an issuer calls an error, as far as that can be shown. */
function nameOf(error: unknown): string {
  return typeof error === 'string' && /^[\w.-]{1,64}$/.test(error) ? error : 'no known error';
}

function refused(message: string): StatusError {
  return new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message });
}

function denied({ issuer }: SignInClient, error: string): StatusError {
  return new StatusError('UNAUTHENTICATED', 'SIGN_IN_DENIED', { message: `${issuer} did not let the caller sign in (${nameOf(error)}).` });
}

function unavailable({ issuer }: SignInClient, message: string, cause?: unknown): StatusError {
  return new StatusError('UNAVAILABLE', 'ISSUER_UNAVAILABLE', { message, metadata: { issuer }, retryAfterMs: FAILURE_PAUSE_MS, cause });
}
