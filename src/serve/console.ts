// The console put together: where its files are, how its sessions are sealed, and at which issuers one may sign in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Console } from '../http/console.ts';
import { CALLBACK } from '../http/console-sign-in.ts';
import { createConsoleSessions, type SessionSeal } from '../http/console-sessions.ts';
import { createSignIns, type SignInClient } from '../iam/oidc-sign-in.ts';
import type { Principal } from '../iam/principal.ts';
import { createSeal } from '../secrets/seal.ts';
import { type Settings, SettingsError } from '../settings.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'console', 'dist');

export interface ConsoleParts {
  readonly masterKey: Uint8Array;
  readonly issuers: Settings['oidcIssuers'];
  /** Under which callers reach this server: `konektor.example.com`, `127.0.0.1:8080`. */
  readonly host: () => string;
  readonly authenticate: (token: string) => Principal | Promise<Principal>;
  readonly now: () => Date;
}

/** @throws SettingsError where the secret of a client cannot be read */
export function composeConsole({ masterKey, issuers, host, authenticate, now }: ConsoleParts): Console<Principal> {
  return {
    folder: FOLDER,
    sessions: createConsoleSessions(textSeal(masterKey, 'console sessions'), now),
    signIns: createSignIns({ clients: clientsOf(issuers), redirectUri: () => callbackAt(host()), seal: textSeal(masterKey, 'console sign-ins'), verify: authenticate, now }),
    shown: ({ id, unrestricted, expiresAt }) => ({ caller: id, unrestricted, ...(expiresAt === undefined ? {} : { expireTime: new Date(expiresAt).toISOString() }) }),
  };
}

/** What issuers are told to send browsers back to. */
export function callbackAt(host: string): string {
  return `${originAt(host)}${CALLBACK}`;
}

/** How callers reach this server from without. Only on this machine itself is it plain http. */
export function originAt(host: string): string {
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);
  return `${isHere ? 'http' : 'https'}://${host}`;
}

function clientsOf(issuers: Settings['oidcIssuers']): readonly SignInClient[] {
  return issuers.flatMap(({ issuer, consoleClientId: clientId, consoleClientSecretFile: file, consoleName, consoleScopes }) => {
    if (clientId === undefined) return [];
    return [{ issuer, clientId, name: consoleName ?? new URL(issuer).host, scopes: consoleScopes ?? 'openid email profile', ...(file === undefined ? {} : { clientSecret: secretIn(file) }) }];
  });
}

function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SettingsError(`KONEKTOR_OIDC_ISSUERS names ${file} as consoleClientSecretFile, which cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function textSeal(masterKey: Uint8Array, purpose: string): SessionSeal {
  const seal = createSeal(masterKey, purpose);
  return {
    seal: (text) => Buffer.from(seal.seal(text, purpose)).toString('base64url'),
    open(sealed) {
      try {
        return seal.open(Buffer.from(sealed, 'base64url'), purpose).toString();
      } catch {
        return undefined;
      }
    },
  };
}
