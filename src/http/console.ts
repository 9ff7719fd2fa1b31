// The console: files that were built beforehand, and who is signed in to it. The page speaks the same API as everybody; what is
// here only lets a browser keep a token where no script reads it.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { authenticate, type Authenticator } from './authenticate.ts';
import { SESSION_COOKIE, type ConsoleSessions } from './console-sessions.ts';
import { addSignIns, type SignIns } from './console-sign-in.ts';
import { cookieText } from './cookies.ts';

/** Who is signed in, as the page shows it. */
export interface ShownCaller {
  readonly caller: string;
  readonly unrestricted: boolean;
  /** RFC 3339; absent where the token does not expire. */
  readonly expireTime?: string;
}

export interface Console<Principal> {
  /** Where the built files are. */
  readonly folder: string;
  readonly sessions: ConsoleSessions;
  /** Issuers where one may sign in; absent where it is done by tokens alone. */
  readonly signIns?: SignIns;
  readonly shown: (principal: Principal) => ShownCaller;
}

const PAGE = 'text/html; charset=utf-8';
const NOT_BUILT = '<!doctype html><html lang="en"><title>Konektor</title><p>The console is not built here. In a clone, <code>npm start</code> builds it; the API works without it.</p></html>\n';

/** Adds `/`, `/console/…` and the files of the page. */
export function addConsole<Principal>(server: FastifyInstance, { folder, sessions, signIns, shown }: Console<Principal>, authenticator: Authenticator<Principal>, observe: Observe): void {
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index, 'utf8') : NOT_BUILT;
  if (page !== NOT_BUILT) {
    void server.register(staticFiles, { root: join(folder, 'assets'), prefix: '/assets/', wildcard: true, index: false, preCompressed: true, immutable: true, maxAge: '365d', decorateReply: false });
    void server.register(staticFiles, { root: folder, serve: false });
    server.get('/console.svg', async (_request, reply) => reply.sendFile('console.svg', { maxAge: '1d' }));
  }
  const sendPage = async (_request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    // A nonce of its own for each page: the one style sheet that is written by script carries it.
    const nonce = randomBytes(16).toString('base64url');
    void reply.headers(pageHeaders(nonce)).type(PAGE);
    return page.replace('%CSP_NONCE%', nonce);
  };
  server.get('/', sendPage);
  server.get('/console', sendPage);
  server.get('/console/*', sendPage);
  addSessions(server, { sessions, shown }, authenticator);
  if (signIns !== undefined) addSignIns(server, { signIns, sessions, observe });
}

/** No script, style, picture or call from elsewhere; nothing evaluated; in no frame. */
function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  ].join('; ');
  return {
    'content-security-policy': policy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  };
}

function addSessions<Principal>(server: FastifyInstance, { sessions, shown }: Pick<Console<Principal>, 'sessions' | 'shown'>, authenticator: Authenticator<Principal>): void {
  /** Nobody is no error here: it is what a page asks first. */
  const whoIs = async (authorization: string | undefined): Promise<ShownCaller | { readonly caller: null }> => {
    try {
      return shown(await authenticate(authorization, authenticator));
    } catch (error) {
      if (error instanceof StatusError && error.code === 'UNAUTHENTICATED') return { caller: null };
      throw error;
    }
  };

  server.get('/console/session', async (request, reply) => {
    const session = await whoIs(sessions.authorizationOf(request.headers));
    return reply.header('cache-control', 'no-store').send(session);
  });

  server.post('/console/session', async (request, reply) => {
    requirePage(request);
    const { authorization } = request.headers;
    if (authorization === undefined) throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'Send the token to sign in with as a bearer token.' });
    const principal = await authenticate(authorization, authenticator);
    const cookie = sessions.cookieOf(authorization.slice('bearer '.length).trim());
    return reply.header('set-cookie', cookieText(request, { name: SESSION_COOKIE, value: cookie.value, seconds: cookie.seconds, path: '/', sameSite: 'Strict' })).header('cache-control', 'no-store').send(shown(principal));
  });

  server.delete('/console/session', async (request, reply) => {
    requirePage(request);
    return reply.header('set-cookie', cookieText(request, { name: SESSION_COOKIE, value: '', seconds: 0, path: '/', sameSite: 'Strict' })).send({});
  });
}

/** A form of another site cannot send this header. @throws StatusError PERMISSION_DENIED */
function requirePage({ headers }: FastifyRequest): void {
  if (headers['x-konektor-console'] !== '1') throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: 'Only the console signs in and out here. Programs send their token with each call.' });
}
