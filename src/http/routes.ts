// From a row's path to a route of Fastify, and from its parameters back to the names that the row speaks of.
import { isNamePart } from '../api/names.ts';
import { RESOURCE_PATTERNS } from '../api/operation.ts';

export interface Route {
  /** `/v2/projects/:project/…` */
  readonly url: string;
  /** Names for the handler from the parameters of the route. @returns undefined where the path is of another form. */
  readonly names: (parameters: unknown) => Parameters | undefined;
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
  const wanted = [...plain.matchAll(/\{(\w+)\}/g)].map((match) => nameReader(match[1] ?? '', wild));
  return { url, names: (parameters) => namesOf(parameters, wanted, verb === '' ? last : undefined) };
}

type Parameters = Readonly<Record<string, string>>;

interface NameReader {
  readonly name: string;
  readonly read: (parameters: Parameters) => string;
}

/** How one name of a row is put together again; what can be known before a call is worked out here. */
function nameReader(name: string, wild: boolean): NameReader {
  const pattern = RESOURCES[name];
  if (pattern === undefined) {
    const key = wild && name === 'entity' ? '*' : name;
    return { name, read: (parameters) => parameters[key] ?? '' };
  }
  const segments = pattern.split('/').map((segment) => (segment.startsWith('{') ? { parameter: segment.slice(1, -1) } : segment));
  return { name, read: (parameters) => segments.map((segment) => (typeof segment === 'string' ? segment : (parameters[segment.parameter] ?? ''))).join('/') };
}

function namesOf(parameters: unknown, wanted: readonly NameReader[], last: string | undefined): Parameters | undefined {
  if (!areTexts(parameters)) return undefined;
  // A slash that came encoded, a control character or nothing at all make no part of a resource's name.
  for (const part in parameters) if (part !== '*' && !isNamePart(parameters[part] ?? '')) return undefined;
  // `connections/x:unknownVerb` is no connection called so.
  if (last !== undefined && parameters[last]?.includes(':') === true) return undefined;
  const names: Record<string, string> = {};
  for (const { name, read } of wanted) names[name] = read(parameters);
  return names;
}

function areTexts(parameters: unknown): parameters is Parameters {
  if (typeof parameters !== 'object' || parameters === null) return false;
  for (const text of Object.values(parameters)) if (typeof text !== 'string') return false;
  return true;
}
