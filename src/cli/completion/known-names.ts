// Names that completion offers, asked of the server of the context, or remembered from a moment ago. It is silent where there
// is no server, no token or no time: a shell waits for it with every key.
import { createServerLink } from '../../client/server-link.ts';
import { field } from '../members.ts';
import type { Deeds, Terminal } from '../deeds.ts';
import { wholeName } from '../call-options.ts';
import { findPlace, type Place as Server } from '../place.ts';
import { keepAnswer, readAnswer } from './answer-cache.ts';
import type { Candidate, Names } from './candidates.ts';
import { isLocal, localNames, type LocallyAsked } from './local-names.ts';
import type { Asked } from './meanings.ts';
import type { Place } from './place.ts';

const DEADLINE_MS = 800;
const MOST_PAGES = 5;
/** What a connection offers hardly changes. */
const LONG_MS = 600_000;
const SHORT_MS = 60_000;
/** A server that is away is not asked again with every key. */
const AWAY_MS = 5_000;

export function createNames({ findLocalServer }: Pick<Deeds, 'findLocalServer'>, { environment }: Pick<Terminal, 'environment'>): Names {
  return async (asked, place) => {
    try {
      if (isLocal(asked)) return await localNames(asked)(environment, place);
      const server = await findPlace(optionsIn(place), { findLocalServer }, environment);
      const session = createSession(server, environment);
      return await QUESTIONS[asked](session, place);
    } catch {
      return [];
    }
  };
}

/** What has been typed of where the command calls. */
function optionsIn({ chosen }: Place): Readonly<Record<string, string>> {
  const given = ['server', 'token', 'context', 'project', 'location', 'connection'].map((name) => [name, chosen.get(`--${name}`)?.at(-1)] as const);
  return Object.fromEntries(given.filter((one): one is readonly [string, string] => one[1] !== undefined && one[1] !== ''));
}

interface Session {
  readonly server: Server;
  /** Items of a list of the API, from memory where it is fresh enough. */
  readonly list: (path: string, items: string, freshMs: number, read: (item: unknown) => Candidate) => Promise<readonly Candidate[]>;
}

function createSession(server: Server, environment: Terminal['environment']): Session {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const link = createServerLink({ server: server.server, token: server.token, userAgent: 'konektor-completion' });
  const get = (address: string): Promise<object> => link.call({ method: 'GET', address, signal });

  async function ask(path: string, items: string, read: (item: unknown) => Candidate): Promise<readonly Candidate[]> {
    const found: Candidate[] = [];
    let token = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await get(token === '' ? path : `${path}${path.includes('?') ? '&' : '?'}pageToken=${encodeURIComponent(token)}`);
      const listed = field(answer, items);
      found.push(...(Array.isArray(listed) ? listed : []).map(read));
      const next = field(answer, 'nextPageToken');
      token = typeof next === 'string' ? next : '';
      if (token === '') break;
    }
    return found.filter(({ value }) => value !== '');
  }

  return {
    server,
    async list(path, items, freshMs, read) {
      const question = `${server.server} ${path} ${items}`;
      const away = `${server.server} away`;
      const kept = readAnswer(environment, question);
      if (kept !== undefined && kept.ageMs < freshMs) return kept.candidates;
      if ((readAnswer(environment, away)?.ageMs ?? Infinity) < AWAY_MS) return kept?.candidates ?? [];
      try {
        const candidates = await ask(path, items, read);
        keepAnswer(environment, question, candidates);
        return candidates;
      } catch {
        keepAnswer(environment, away, []);
        // What was known is better than nothing.
        return kept?.candidates ?? [];
      }
    },
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const lastOf = (name: unknown): string => text(name).split('/').at(-1) ?? '';
const named = (item: unknown, description = ''): Candidate => ({ value: lastOf(field(item, 'name')), description });

const QUESTIONS: Readonly<Record<Exclude<Asked, LocallyAsked>, (session: Session, place: Place) => Promise<readonly Candidate[]>>> = {
  connections: async (session) => connections(session),
  entityTypes: async (session, place) => session.list(`/v2/${await connectionOf(session, place)}/entityTypes?pageSize=200&view=ENTITY_TYPE_VIEW_BASIC`, 'types', LONG_MS, (item) => named(item)),
  actions: async (session, place) => session.list(`/v2/${await connectionOf(session, place)}/actions?pageSize=200&view=ACTION_VIEW_BASIC`, 'actions', LONG_MS, (item) => named(item, text(field(item, 'description')))),
  async columns(session, place) {
    const entity = ['entityType', 'entity', 'type'].map((name) => place.told.get(name)).find((one) => one !== undefined);
    if (entity === undefined) return [];
    return session.list(`/v2/${await connectionOf(session, place)}/entityTypes/${encodeURIComponent(entity)}`, 'fields', LONG_MS, (item) => ({ value: text(field(item, 'name')), description: text(field(item, 'description')) }));
  },
  async inputs(session, place) {
    const action = place.told.get('action');
    if (action === undefined) return [];
    return session.list(`/v2/${await connectionOf(session, place)}/actions/${encodeURIComponent(action)}`, 'inputParameters', LONG_MS, (item) => ({ value: text(field(item, 'name')), description: text(field(item, 'description')) }));
  },
  projects: (session) => session.list('/v1/projects?pageSize=200', 'projects', SHORT_MS, (item) => ({ value: text(field(item, 'projectId')), description: text(field(item, 'name')) })),
  locations: (session) => session.list(`/v1/${projectOf(session)}/locations?pageSize=200`, 'locations', LONG_MS, (item) => ({ value: text(field(item, 'locationId')) || lastOf(field(item, 'name')), description: text(field(item, 'displayName')) })),
  secrets: (session) => session.list(`/v1/${projectOf(session)}/secrets?pageSize=200`, 'secrets', SHORT_MS, (item) => named(item)),
  serviceAccounts: (session) => session.list(`/v1/${projectOf(session)}/serviceAccounts?pageSize=100`, 'accounts', SHORT_MS, (item) => ({ value: text(field(item, 'email')), description: text(field(item, 'displayName')) })),
  services: (session) => session.list(`/v1/${projectOf(session)}/services?pageSize=50`, 'services', LONG_MS, (item) => ({ value: lastOf(field(item, 'name')), description: text(field(item, 'state')) })),
  roles: (session) => session.list('/v1/roles?pageSize=200', 'roles', LONG_MS, (item) => ({ value: text(field(item, 'name')).replace(/^roles\//, ''), description: text(field(item, 'title')) })),
  connectors: (session) => session.list(`/v1/${projectOf(session)}/locations/global/providers/-/connectors?pageSize=100`, 'connectors', LONG_MS, (item) => named(item, text(field(item, 'displayName')))),
  providers: (session) => session.list(`/v1/${projectOf(session)}/locations/global/providers?pageSize=100`, 'providers', LONG_MS, (item) => named(item, text(field(item, 'displayName')))),
  async secretVersions(session, place) {
    const secret = place.told.get('secret');
    if (secret === undefined || secret.includes('/')) return [];
    return session.list(`/v1/${projectOf(session)}/secrets/${encodeURIComponent(secret)}/versions?pageSize=50`, 'versions', 0, (item) => named(item, text(field(item, 'state'))));
  },
  operations: (session) => session.list(`/v1/${projectOf(session)}/locations/${session.server.defaults.location ?? '-'}/operations?pageSize=50`, 'operations', 0, (item) => ({ value: text(field(item, 'name')), description: lastOf(field(field(item, 'metadata'), 'target')) })),
};

/** @throws Error where no project is known */
function projectOf({ server: { defaults } }: Session): string {
  if (defaults.project !== undefined) return `projects/${encodeURIComponent(defaults.project.replace(/^projects\//, ''))}`;
  const project = wholeName(defaults.connection ?? '')?.split('/')[1];
  if (project === undefined) throw new Error('no project is known');
  return `projects/${encodeURIComponent(project)}`;
}

/** Ids of the location that is meant; of all locations that are seen where none is, with what tells them apart. */
async function connections(session: Session): Promise<readonly Candidate[]> {
  const { project, location } = session.server.defaults;
  const read = (item: unknown): Candidate => ({ value: text(field(item, 'name')), description: `${text(field(field(item, 'status'), 'state'))} ${text(field(item, 'description'))}`.trim() });
  const within = async (one: string, place: string): Promise<readonly Candidate[]> => session.list(`/v1/projects/${encodeURIComponent(one)}/locations/${encodeURIComponent(place)}/connections?pageSize=500`, 'connections', SHORT_MS, read);
  const projects = project === undefined ? (await session.list('/v1/projects?pageSize=20', 'projects', SHORT_MS, (item) => ({ value: text(field(item, 'projectId')), description: '' }))).map(({ value }) => value) : [project.replace(/^projects\//, '')];
  const found = (await Promise.all(projects.slice(0, 20).map((one) => within(one, location ?? '-')))).flat();
  const count = Map.groupBy(found, ({ value }) => lastOf(value));
  return found.map(({ value, description }) => {
    const [, itsProject, , itsLocation, , id = ''] = value.split('/');
    return { value: (count.get(id)?.length ?? 0) > 1 ? `${itsProject}/${itsLocation}/${id}` : id, description };
  });
}

/** The whole name of the connection that is meant, in the path of a URL. @throws Error where none is known */
async function connectionOf(session: Session, place: Place): Promise<string> {
  const { project, location, connection } = session.server.defaults;
  const meant = place.told.get('connection') ?? connection;
  if (meant === undefined) throw new Error('no connection is known');
  const whole = wholeName(meant) ?? (project !== undefined && location !== undefined ? `projects/${project}/locations/${location}/connections/${meant}` : await lookUp(session, meant));
  return whole.split('/').map(encodeURIComponent).join('/');
}

async function lookUp(session: Session, id: string): Promise<string> {
  const projects = await session.list('/v1/projects?pageSize=20', 'projects', SHORT_MS, (item) => ({ value: text(field(item, 'projectId')), description: '' }));
  for (const { value } of projects) {
    const names = await session.list(`/v1/projects/${encodeURIComponent(value)}/locations/-/connections?pageSize=500`, 'connections', SHORT_MS, (item) => ({ value: text(field(item, 'name')), description: '' }));
    const name = names.find((one) => one.value.endsWith(`/connections/${id}`))?.value;
    if (name !== undefined) return name;
  }
  throw new Error('no connection is known');
}
