// How a connection is, asked live.
import type { Connection } from '../connections/model.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Caller } from './caller.ts';
import { callOf, type Opener } from './opened.ts';

/** What is wrong with the key or the way to it. */
const KEY_REASONS: ReadonlySet<string> = new Set(['BACKEND_UNAUTHENTICATED', 'SECRET_UNAVAILABLE', 'SECRET_ROLE_MISSING']);

export interface LiveStatus {
  /** STATE_UNSPECIFIED while the connection is being made, changed or deleted. */
  readonly state: 'STATE_UNSPECIFIED' | 'ACTIVE' | 'ERROR' | 'AUTH_ERROR';
  readonly description?: string;
}

/** Tries a connection out, whatever its stored state. @throws StatusError saying what is wrong. */
export async function tryOut(opener: Opener, connection: Connection, caller: Caller): Promise<void> {
  const opened = await opener.openAnyway(connection);
  await opened.session.check(callOf(caller));
}

/** Asks the source now: what is wrong is the answer, not an error. */
export async function liveStatus(opener: Opener, connection: Connection, caller: Caller): Promise<LiveStatus> {
  const { state, description } = connection.status;
  if (state !== 'ACTIVE' && state !== 'ERROR') return { state: 'STATE_UNSPECIFIED', description: `The connection is ${state}${description === undefined ? '' : `: ${description}`}.` };
  try {
    await tryOut(opener, connection, caller);
    return { state: 'ACTIVE' };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const wrongKey = KEY_REASONS.has(error.reason);
    return { state: wrongKey ? 'AUTH_ERROR' : 'ERROR', description: `${error.message} ${error.hint}` };
  }
}
