// Signing in at an issuer, as the browser goes: away to it and back, with a cookie that holds what this sign-in must remember. It knows
// no protocol; that is handed in.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { cookieIn, cookieText } from './cookies.ts';
import { SESSION_COOKIE, type ConsoleSessions } from './console-sessions.ts';

export interface SignIns {
  readonly offered: readonly { readonly id: string; readonly name: string }[];
  /** @returns where to send the browser, and what its cookie is to hold. @throws StatusError */
  begin(id: string, to: string): Promise<{ readonly address: string; readonly kept: string }>;
  /** @returns a token that the server takes, and the page to go on to. @throws StatusError */
  complete(kept: string | undefined, answer: URLSearchParams): Promise<{ readonly token: string; readonly to: string }>;
}

/** Where issuers send browsers back to. */
export const CALLBACK = '/console/sign-in/callback';

const COOKIE = 'konektor_sign_in';
const PATH = '/console/sign-in';
const KEPT_SECONDS = 600;
/** Browsers drop what is longer, name and attributes included. */
const LONGEST_COOKIE = 3_900;

export function addSignIns(server: FastifyInstance, { signIns, sessions, observe }: { readonly signIns: SignIns; readonly sessions: ConsoleSessions; readonly observe: Observe }): void {
  /** Back to the page, which says it in the reader's words; the log has what was wrong. */
  const failed = (reply: FastifyReply, error: unknown): FastifyReply => {
    if (!(error instanceof StatusError)) throw error;
    observe({ kind: 'notice', message: `A sign-in to the console failed: ${error.message}` });
    return reply.redirect(`/console?signIn=${OUTCOMES[error.reason] ?? 'refused'}`, 303);
  };

  server.get('/console/sign-ins', async (_request, reply) => reply.header('cache-control', 'no-store').send({ signIns: signIns.offered }));

  server.get<{ Params: { readonly id: string } }>(`${PATH}/with/:id`, async (request, reply) => {
    void reply.headers(HEADERS);
    try {
      const { address, kept } = await signIns.begin(request.params.id, queryOf(request.url).get('to') ?? '');
      // Lax: the issuer's page leads back here, and the cookie must come along.
      return await reply.header('set-cookie', cookieText(request, { name: COOKIE, value: kept, seconds: KEPT_SECONDS, path: PATH, sameSite: 'Lax' })).redirect(address, 303);
    } catch (error) {
      return failed(reply, error);
    }
  });

  server.get(CALLBACK, async (request, reply) => {
    // Whatever comes of it, it comes once.
    void reply.headers(HEADERS).header('set-cookie', cookieText(request, { name: COOKIE, value: '', seconds: 0, path: PATH, sameSite: 'Lax' }));
    try {
      const { token, to } = await signIns.complete(cookieIn(request.headers.cookie, COOKIE), queryOf(request.url));
      const { value, seconds } = sessions.cookieOf(token);
      if (value.length > LONGEST_COOKIE) throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: `The identity token has ${token.length} bytes, and no cookie holds it: have its issuer put fewer claims into it.` });
      return await reply.header('set-cookie', cookieText(request, { name: SESSION_COOKIE, value, seconds, path: '/', sameSite: 'Strict' })).redirect(to, 303);
    } catch (error) {
      return failed(reply, error);
    }
  });
}

/** The code in the address is for nobody else: not for caches, not for pages that are gone on to. */
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

/** How the page calls what went wrong. */
const OUTCOMES: Readonly<Partial<Record<string, string>>> = { SIGN_IN_EXPIRED: 'expired', SIGN_IN_DENIED: 'denied', ISSUER_UNAVAILABLE: 'unavailable' };

function queryOf(address: string): URLSearchParams {
  const at = address.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : address.slice(at + 1));
}
