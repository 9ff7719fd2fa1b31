// A resource that is not there, and the one that was probably meant: looked for among its neighbours, where the caller may list
// them. It is silent where nothing is near, or nothing may be seen.
import { RESOURCE_PATTERNS } from '../api/operation.ts';
import type { RowCaller } from '../api/row-caller.ts';
import { nearest } from '../errors/nearest.ts';

/** Ids of the neighbours, as commands take them. */
type Neighbours = (call: RowCaller, names: Readonly<Record<string, string>>) => Promise<readonly string[]>;

const lastOf = ({ name }: { readonly name: string }): string => name.split('/').at(-1) ?? '';
const ALL = { pageSize: 1_000 } as const;

/** Roles are in no project, and in the path of a call by their last part. */
const PATTERNS = [...Object.values(RESOURCE_PATTERNS), 'roles/{roleId}'];

/** By the last part of the pattern. What is named by chance, such as an operation, has no neighbours that are meant by it. */
const NEIGHBOURS: Readonly<Partial<Record<string, Neighbours>>> = {
  projectId: async (call) => (await call('projects.list', { path: {}, query: ALL })).projects?.map(({ projectId }) => projectId) ?? [],
  locationId: async (call, { projectId }) => (await call('locations.list', { path: { project: `projects/${projectId}` }, query: ALL })).locations.map(({ locationId }) => locationId),
  connectionId: async (call, { projectId, locationId }) => {
    const { connections } = await call('connections.list', { path: { location: `projects/${projectId}/locations/-` }, query: ALL });
    return connections.map((one) => (one.name.split('/')[3] === locationId ? lastOf(one) : one.name.replace(/^projects\/([^/]+)\/locations\/([^/]+)\/connections\//, '$1/$2/')));
  },
  providerId: async (call, { projectId }) => (await call('providers.list', { path: { location: `projects/${projectId}/locations/global` }, query: ALL })).providers.map(lastOf),
  connectorId: async (call, { projectId }) => {
    const { connectors } = await call('connectors.list', { path: { provider: `projects/${projectId}/locations/global/providers/-` }, query: ALL });
    return connectors.map(({ name }) => name.replace(/^.*\/providers\/([^/]+)\/connectors\//, '$1/'));
  },
  secretId: async (call, { projectId }) => (await call('secrets.list', { path: { project: `projects/${projectId}` }, query: ALL })).secrets?.map(lastOf) ?? [],
  serviceId: async (call, { projectId }) => (await call('services.list', { path: { project: `projects/${projectId}` }, query: { pageSize: 200 } })).services?.map(lastOf) ?? [],
  roleId: async (call) => (await call('roles.list', { path: {}, query: ALL })).roles.map(lastOf),
  serviceAccountId: async (call, { serviceAccountId = '', projectId }) => {
    const project = projectId === '-' ? /@([^@.]+)\./.exec(serviceAccountId)?.[1] ?? '-' : projectId;
    return (await call('serviceAccounts.list', { path: { project: `projects/${project}` }, query: { pageSize: 100 } })).accounts?.map(({ email }) => email) ?? [];
  },
};

/** @param resource `projects/demo/locations/us-central1/connections/shopp` */
export async function meantBy(call: RowCaller, resource: string): Promise<string | undefined> {
  const names = PATTERNS.map((pattern) => namesIn(pattern, resource)).find((found) => found !== undefined);
  const [last, wanted] = Object.entries(names ?? {}).at(-1) ?? [];
  if (names === undefined || last === undefined || wanted === undefined) return undefined;
  try {
    const known = await NEIGHBOURS[last]?.(call, names) ?? [];
    if (last === 'roleId') return nearestRole(wanted, known);
    // The same id in another place is nearer than any other id.
    return known.find((one) => one.endsWith(`/${wanted}`)) ?? nearest(last === 'connectorId' ? `${names['providerId']}/${wanted}` : wanted, known);
  } catch {
    return undefined;
  }
}

/** Of roles without `roles/`: one that lacks its service, `viewer`, is nearer than one of other letters. */
export function nearestRole(wanted: string, known: readonly string[]): string | undefined {
  const lastPart = (one: string): string => one.split('.').at(-1) ?? one;
  const part = known.map(lastPart).includes(wanted) ? wanted : undefined;
  const meant = part === undefined ? nearest(wanted, known) : undefined;
  const byPart = part ?? nearest(wanted, known.map(lastPart));
  return meant ?? known.find((one) => lastPart(one) === byPart);
}

/** The names that stand in a pattern's places, in their order; undefined for another kind of resource. */
function namesIn(pattern: string, resource: string): Readonly<Record<string, string>> | undefined {
  const [parts, given] = [pattern.split('/'), resource.split('/')];
  if (parts.length !== given.length || !parts.every((part, index) => part.startsWith('{') || part === given[index])) return undefined;
  return Object.fromEntries(parts.flatMap((part, index) => (part.startsWith('{') ? [[part.slice(1, -1), given[index] ?? '']] : [])));
}
