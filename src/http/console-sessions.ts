// How a page that is signed in is known: its token, sealed, in a cookie that scripts cannot read and other sites cannot send.
import type { IncomingHttpHeaders } from 'node:http';
import { cookieIn } from './cookies.ts';

export const SESSION_COOKIE = 'konektor_session';

/** Seals a text so that only this server opens it; handed in by who composes the server. */
export interface SessionSeal {
  seal(text: string): string;
  /** undefined where it was sealed by another, or altered. */
  open(sealed: string): string | undefined;
}

export interface ConsoleSessions {
  /** The cookie of a token, and for how many seconds it is kept. */
  cookieOf(token: string): { readonly value: string; readonly seconds: number };
  /** The Authorization of a request: its own, or that of the page that is signed in. */
  authorizationOf(headers: IncomingHttpHeaders): string | undefined;
}

const LONGEST_SECONDS = 12 * 3_600;

export function createConsoleSessions(seal: SessionSeal, now: () => Date): ConsoleSessions {
  return {
    cookieOf: (token) => ({ value: seal.seal(JSON.stringify({ token, until: now().getTime() + LONGEST_SECONDS * 1_000 })), seconds: LONGEST_SECONDS }),
    authorizationOf(headers) {
      const { authorization, cookie } = headers;
      // The header cannot be sent by another site's form, and no other site may ask with it.
      if (authorization !== undefined || cookie === undefined || headers['x-konektor-console'] !== '1') return authorization;
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin') return undefined;
      const sealed = cookieIn(cookie, SESSION_COOKIE);
      const opened = sealed === undefined ? undefined : seal.open(sealed);
      return opened === undefined ? undefined : read(opened, now());
    },
  };
}

function read(opened: string, now: Date): string | undefined {
  const found: unknown = JSON.parse(opened);
  if (typeof found !== 'object' || found === null || !('token' in found && 'until' in found)) return undefined;
  return typeof found.token === 'string' && typeof found.until === 'number' && found.until > now.getTime() ? `Bearer ${found.token}` : undefined;
}
