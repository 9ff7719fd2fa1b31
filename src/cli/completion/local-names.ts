// Names that completion offers without asking a server: contexts of this user, and what the program itself knows of the API.
import { readContexts } from '../context-file.ts';
import type { Terminal } from '../deeds.ts';
import type { Candidate } from './candidates.ts';
import type { Asked } from './meanings.ts';
import type { Place } from './place.ts';

type Answer = (environment: Terminal['environment'], place: Place) => Candidate[] | Promise<readonly Candidate[]>;

const LOCAL = {
  contexts: (environment) => Object.entries(readContexts(environment).contexts).map(([name, { server, connection }]) => ({ value: name, description: [server, connection].filter((one) => one !== undefined).join(' ') })),
  rows: async () => (await import('../api/rows.ts')).ROWS.map(({ id, row }) => ({ value: id, description: row.summary })),
  rowNames: async (_environment, place) => parameters(place, 'path'),
  rowParameters: async (_environment, place) => parameters(place, 'query'),
  async permissions() {
    const { ROWS } = await import('../api/rows.ts');
    return [...new Set(ROWS.map(({ row }) => row.permission).filter((one) => one !== null))].toSorted().map((value) => ({ value, description: '' }));
  },
} as const satisfies Partial<Record<Asked, Answer>>;

export type LocallyAsked = keyof typeof LOCAL;

export function localNames(asked: LocallyAsked): Answer {
  return LOCAL[asked];
}

/** Whether no server need be asked. */
export function isLocal(asked: Asked): asked is LocallyAsked {
  return Object.hasOwn(LOCAL, asked);
}

/** What the row that has been typed takes. */
async function parameters(place: Place, where: 'path' | 'query'): Promise<readonly Candidate[]> {
  const { ROWS, parametersOf } = await import('../api/rows.ts');
  const found = ROWS.find(({ id }) => id === place.told.get('row'));
  return found === undefined ? [] : parametersOf(found.row).filter((one) => one.in === where).map(({ name, description }) => ({ value: name, description }));
}
