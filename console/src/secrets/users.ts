// Which connections name a secret, wherever in their configuration.
import type { Connection } from '../api/connections.ts';

export function usersOf(secret: string, connections: readonly Connection[]): readonly Connection[] {
  return connections.filter((connection) => JSON.stringify(connection).includes(`"${secret}/versions/`));
}
