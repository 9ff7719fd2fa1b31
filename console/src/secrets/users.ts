// Which connections name which secrets, wherever in their configuration.
import type { Connection } from '../api/connections.ts';

const VERSION = /"(projects\/[^/"]+\/secrets\/[^/"]+)\/versions\//g;

/** By the name of the secret; one that no connection names is not among them. */
export function usersOfSecrets(connections: readonly Connection[]): ReadonlyMap<string, readonly Connection[]> {
  const users = new Map<string, Connection[]>();
  for (const connection of connections) {
    for (const secret of new Set(Array.from(JSON.stringify(connection).matchAll(VERSION), ([, name = '']) => name))) {
      const known = users.get(secret);
      if (known === undefined) users.set(secret, [connection]);
      else known.push(connection);
    }
  }
  return users;
}
