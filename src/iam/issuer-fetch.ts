// What is read from issuers of signed tokens, within bounds: no redirects, little time, few bytes, and only https but on
// this machine itself.
import { fieldsOf } from './fields.ts';

const LONGEST_MS = 5_000;
const MOST_BYTES = 1024 * 1024;

/** Whether an address may be asked: https, or http on loopback. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname));
}

/** A fetch that follows no redirect and reads no more than it should. @throws Error */
export async function fetchWithin(address: string, { headers, signal, method = 'GET', body }: { readonly headers: Headers; readonly signal: AbortSignal; readonly method?: string; readonly body?: string | undefined }): Promise<Response> {
  if (!isSafeAddress(address)) throw new Error(`${address} is neither https nor on this machine`);
  const reply = await fetch(address, { headers, signal, redirect: 'error', method, ...(body === undefined ? {} : { body }) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`${address} answers more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Response(Buffer.concat(chunks), { status: reply.status, headers: reply.headers });
}

/** What an issuer says of itself (OpenID Connect Discovery). @throws Error where it does not answer, or speaks for another */
export async function readMetadata(issuer: string): Promise<Readonly<Record<string, unknown>>> {
  const address = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const reply = await fetchWithin(address, { headers: new Headers({ accept: 'application/json' }), signal: AbortSignal.timeout(LONGEST_MS) });
  if (reply.status !== 200) throw new Error(`${address} answers ${reply.status}`);
  const found = fieldsOf(await reply.json());
  if (found['issuer'] !== issuer) throw new Error(`${address} speaks for another issuer`);
  return found;
}

/** Where an issuer says that its keys are. @throws Error where it does not say so, or is another than it should be */
export async function readDiscovery(issuer: string): Promise<string> {
  const { jwks_uri: keys } = await readMetadata(issuer);
  if (typeof keys !== 'string' || !isSafeAddress(keys)) throw new Error(`${issuer} names no keys that may be asked for`);
  return keys;
}

/** Sends a form and reads the JSON that it is answered with. @throws Error where there is no answer in time, or none that is JSON */
export async function postForm(address: string, fields: Readonly<Record<string, string>>, authorization: string | undefined): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const headers = new Headers({ accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...(authorization === undefined ? {} : { authorization }) });
  const reply = await fetchWithin(address, { headers, method: 'POST', body: new URLSearchParams(fields).toString(), signal: AbortSignal.timeout(LONGEST_MS) });
  return { status: reply.status, body: fieldsOf(await reply.json()) };
}
