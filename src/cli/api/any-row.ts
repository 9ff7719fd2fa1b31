// Rows that are chosen while the program runs. What they are sent was checked against the row itself (request.ts), since the
// compiler, which checks the calls of all other commands, cannot know which row it will be.
import type { Reached } from '../transport.ts';

export interface GivenForRow {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface AnyRow {
  /** @throws CommandError */
  call(id: string, given: GivenForRow): Promise<object>;
  /** @throws CommandError */
  stream(id: string, given: GivenForRow): Promise<AsyncIterable<Uint8Array>>;
}

export function anyRow({ call, stream }: Pick<Reached, 'call' | 'stream'>): AnyRow {
  return { call: async (id, given) => call(id as never, given as never), stream: async (id, given) => stream(id as never, given as never) };
}
