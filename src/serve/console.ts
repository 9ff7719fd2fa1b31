// The console put together: where its files are, and how its sessions are sealed.
import { join } from 'node:path';
import type { Console } from '../http/console.ts';
import { createConsoleSessions, type SessionSeal } from '../http/console-sessions.ts';
import type { Principal } from '../iam/principal.ts';
import { createSeal } from '../secrets/seal.ts';

const PURPOSE = 'console sessions';
const FOLDER = join(import.meta.dirname, '..', '..', 'console', 'dist');

export function composeConsole(masterKey: Uint8Array, now: () => Date): Console<Principal> {
  return {
    folder: FOLDER,
    sessions: createConsoleSessions(sessionSeal(masterKey), now),
    shown: ({ id, unrestricted, expiresAt }) => ({ caller: id, unrestricted, ...(expiresAt === undefined ? {} : { expireTime: new Date(expiresAt).toISOString() }) }),
  };
}

function sessionSeal(masterKey: Uint8Array): SessionSeal {
  const seal = createSeal(masterKey, PURPOSE);
  return {
    seal: (text) => Buffer.from(seal.seal(text, PURPOSE)).toString('base64url'),
    open(sealed) {
      try {
        return seal.open(Buffer.from(sealed, 'base64url'), PURPOSE).toString();
      } catch {
        return undefined;
      }
    },
  };
}
