// Reads from the answer of an operation which connection it left behind, and how.
import type { Connection } from '../api/connections.ts';

const CONNECTION = /^projects\/[^/]+\/locations\/[^/]+\/connections\/[^/]+$/;

/** undefined where it was about something else, or about something that is gone. */
export function leftBehind(response: Readonly<Record<string, unknown>>): Pick<Connection, 'name' | 'status' | 'connectionRevision' | 'updateTime'> | undefined {
  const name = textOf(response, 'name');
  const { status } = response;
  const state = textOf(status, 'state');
  if (name === undefined || state === undefined || !CONNECTION.test(name)) return undefined;
  const [description, reason, connectionRevision, updateTime] = [textOf(status, 'description'), textOf(status, 'status'), textOf(response, 'connectionRevision'), textOf(response, 'updateTime')];
  return {
    name, status: { state, ...(description === undefined ? {} : { description }), ...(reason === undefined ? {} : { status: reason }) },
    ...(connectionRevision === undefined ? {} : { connectionRevision }), ...(updateTime === undefined ? {} : { updateTime }),
  };
}

function textOf(value: unknown, member: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
