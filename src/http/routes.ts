// From a row's path to a route of Fastify, and from its parameters back to the names that the row speaks of.
import { RESOURCE_PATTERNS } from '../api/operation.ts';

export interface Route {
  /** `/v2/projects/:project/…` */
  readonly url: string;
  /** Names for the handler from the parameters of the route. @returns undefined where the path is of another form. */
  names(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined;
}

const RESOURCES: Readonly<Record<string, string>> = RESOURCE_PATTERNS;

/** Compiles `/v2/{connection}/entityTypes/{entityType}:verb`. */
export function compileRoute(path: string): Route {
  const verbAt = path.lastIndexOf(':') > path.lastIndexOf('/') ? path.lastIndexOf(':') : -1;
  const plain = verbAt === -1 ? path : path.slice(0, verbAt);
  const verb = verbAt === -1 ? '' : path.slice(verbAt + 1);
  const spelled = plain.replace(/\{(\w+)\}/g, (whole, name: string) => RESOURCES[name] ?? whole);
  const endsInName = spelled.endsWith('}');
  const wild = endsInName && spelled.endsWith('/entities/{entity}');
  let url = spelled.replace(/\{(\w+)\}/g, ':$1');
  // Entity ids of children hold a slash, which clients send raw: they take the rest of the path.
  if (wild) url = url.replace(/:entity$/, '*');
  // Without the pattern a parameter would swallow the verb that follows it.
  else if (verb !== '') url = endsInName ? `${url}(^[^:/]+)::${verb}` : `${url}::${verb}`;
  const last = endsInName && !wild ? /:(\w+)(?:\(|$|::)/.exec(url.slice(url.lastIndexOf('/')))?.[1] : undefined;
  const wanted = [...plain.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return { url, names: (parameters) => namesOf(parameters, wanted, wild, verb === '' ? last : undefined) };
}

// oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
const PART = /^[^/\u0000-\u001f\u007f]+$/;

function namesOf(parameters: Readonly<Record<string, string>>, wanted: readonly string[], wild: boolean, last: string | undefined): Readonly<Record<string, string>> | undefined {
  // A slash that came encoded, a control character or nothing at all make no part of a resource's name.
  for (const part in parameters) if (part !== '*' && !PART.test(parameters[part] ?? '')) return undefined;
  // `connections/x:unknownVerb` is no connection called so.
  if (last !== undefined && parameters[last]?.includes(':') === true) return undefined;
  const names: Record<string, string> = {};
  for (const name of wanted) {
    const pattern = RESOURCES[name];
    if (pattern !== undefined) names[name] = resourceName(name, parameters);
    else names[name] = (wild && name === 'entity' ? parameters['*'] : parameters[name]) ?? '';
  }
  return names;
}

function resourceName(kind: string, { project, locationId, connectionId, operationId }: Readonly<Record<string, string>>): string {
  const location = `projects/${project ?? ''}/locations/${locationId ?? ''}`;
  if (kind === 'connection') return `${location}/connections/${connectionId ?? ''}`;
  if (kind === 'operation') return `${location}/operations/${operationId ?? ''}`;
  return location;
}
