// How this server makes itself known to a proxy: Basic (RFC 7617), and Digest (RFC 7616) with the nonces that the proxy hands
// out. The password is asked for when a header is made and never kept.
import { createHash, randomBytes } from 'node:crypto';

export interface ProxyCredentials {
  readonly scheme: 'BASIC' | 'DIGEST';
  readonly user: string;
  readonly password: () => Promise<string>;
}

export interface ProxyAuthorizer {
  /** The value of Proxy-Authorization for a request; undefined while the proxy has not yet said what it wants. */
  header(method: string, uri: string): Promise<string | undefined>;
  /** Reads what a 407 asks for. @returns whether asking again with it may help. */
  learn(challenges: string | undefined): boolean;
}

/** Hashes of RFC 7616 and of RFC 2617, the best first. */
const ALGORITHMS = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256', MD5: 'md5' } as const;
type Algorithm = keyof typeof ALGORITHMS;

interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** Without it the answer is that of RFC 2069, which old proxies want. */
  readonly qop: 'auth' | undefined;
  readonly algorithm: Algorithm;
  readonly session: boolean;
  readonly named: boolean;
  readonly stale: boolean;
}

export function createProxyAuthorizer(credentials: ProxyCredentials): ProxyAuthorizer {
  return credentials.scheme === 'BASIC' ? basic(credentials) : digest(credentials);
}

function basic({ user, password }: ProxyCredentials): ProxyAuthorizer {
  return {
    header: async () => `Basic ${Buffer.from(`${user}:${await password()}`).toString('base64')}`,
    learn: () => false,
  };
}

function digest({ user, password }: ProxyCredentials): ProxyAuthorizer {
  let challenge: Challenge | undefined;
  let count = 0;
  return {
    async header(method, uri) {
      if (challenge === undefined) return undefined;
      const known = challenge;
      count += 1;
      return answer(known, { user, password: await password(), method, uri, count: count.toString(16).padStart(8, '0'), own: randomBytes(16).toString('hex') });
    },
    learn(challenges) {
      const fresh = bestChallenge(challenges ?? '');
      if (fresh === undefined) return false;
      // An answer to the same nonce was refused: the name or the password is wrong.
      const again = challenge === undefined || fresh.stale || fresh.nonce !== challenge.nonce;
      challenge = fresh;
      count = 0;
      return again;
    },
  };
}

interface Answer {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly count: string;
  readonly own: string;
}

function answer(challenge: Challenge, { user, password, method, uri, count, own }: Answer): string {
  const { realm, nonce, opaque, qop, algorithm, session, named } = challenge;
  const hash = (text: string): string => createHash(ALGORITHMS[algorithm]).update(text).digest('hex');
  const plain = hash(`${user}:${realm}:${password}`);
  const first = session ? hash(`${plain}:${nonce}:${own}`) : plain;
  const second = hash(`${method}:${uri}`);
  const response = qop === undefined ? hash(`${first}:${nonce}:${second}`) : hash(`${first}:${nonce}:${count}:${own}:${qop}:${second}`);
  const parts = [
    `username=${quoted(user)}`, `realm=${quoted(realm)}`, `nonce=${quoted(nonce)}`, `uri=${quoted(uri)}`, `response="${response}"`,
    ...(named ? [`algorithm=${algorithm}${session ? '-sess' : ''}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === undefined ? (session ? [`cnonce="${own}"`] : []) : [`qop=${qop}`, `nc=${count}`, `cnonce="${own}"`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The strongest Digest challenge of a Proxy-Authenticate header, which may hold several. */
function bestChallenge(header: string): Challenge | undefined {
  const found = header.split(/(?:^|,)\s*Digest\s+/i).slice(1).map(readChallenge).filter((one) => one !== undefined);
  const rank = ({ algorithm }: Challenge): number => Object.keys(ALGORITHMS).indexOf(algorithm);
  return found.toSorted((a, b) => rank(a) - rank(b))[0];
}

function readChallenge(text: string): Challenge | undefined {
  const parameters = new Map<string, string>();
  for (const [, name, quotedText, bare] of text.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    if (name !== undefined) parameters.set(name.toLowerCase(), quotedText?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  const named = parameters.get('algorithm');
  const [algorithm, session] = splitAlgorithm(named ?? 'MD5');
  const nonce = parameters.get('nonce');
  const qops = parameters.get('qop')?.split(',').map((one) => one.trim().toLowerCase());
  if (nonce === undefined || algorithm === undefined || (qops !== undefined && !qops.includes('auth'))) return undefined;
  return {
    realm: parameters.get('realm') ?? '', nonce, opaque: parameters.get('opaque'), qop: qops === undefined ? undefined : 'auth',
    algorithm, session, named: named !== undefined, stale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

function splitAlgorithm(text: string): readonly [Algorithm | undefined, boolean] {
  const session = /-sess$/i.test(text);
  const plain = text.replace(/-sess$/i, '').toUpperCase();
  return [isAlgorithm(plain) ? plain : undefined, session];
}

function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(ALGORITHMS, name);
}
