// What the HTTP server needs to know who calls. It is handed in; this room knows neither tokens nor their store.
import { StatusError } from '../errors/status-error.ts';

/** Finds who a bearer token belongs to, at once where that is in memory; undefined is a call without one. @throws StatusError UNAUTHENTICATED */
export type Authenticator<Principal> = (token: string | undefined) => Principal | Promise<Principal>;

const LONGEST_TOKEN = 8_192;

/** Who sent this Authorization header. @throws StatusError UNAUTHENTICATED */
export function authenticate<Principal>(authorization: string | undefined, authenticator: Authenticator<Principal>): Principal | Promise<Principal> {
  if (authorization === undefined) return authenticator(undefined);
  if (authorization.length > LONGEST_TOKEN || !/^bearer /i.test(authorization)) {
    throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'The Authorization header carries no bearer token.' });
  }
  return authenticator(authorization.slice('bearer '.length).trim());
}
