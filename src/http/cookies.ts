// Cookies of the console: none of them can be read by scripts.
import type { FastifyRequest } from 'fastify';

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** How long it is kept; 0 takes it away. */
  readonly seconds: number;
  readonly path: string;
  readonly sameSite: 'Strict' | 'Lax';
}

/** As a Set-Cookie header. */
export function cookieText({ protocol, headers }: FastifyRequest, { name, value, seconds, path, sameSite }: Cookie): string {
  // A proxy in front that speaks TLS says so; who lies here makes the cookie only stricter.
  const isSecure = protocol === 'https' || /^\s*https\b/i.test(String(headers['x-forwarded-proto'] ?? ''));
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=${sameSite}${isSecure ? '; Secure' : ''}`;
}

const LONGEST_HEADER = 16_384;

/** The value of a cookie in a Cookie header. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > LONGEST_HEADER) return undefined;
  const found = header.split(';').map((part) => part.trim()).find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
