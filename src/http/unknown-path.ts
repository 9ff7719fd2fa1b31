// What is said where no row has the method and path of a request: the nearest that there is. It reads the table of rows, and knows
// nothing of routes.
import type { FastifyRequest } from 'fastify';
import { RESOURCE_PATTERNS } from '../api/operation.ts';
import { API } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';

interface KnownPath {
  readonly method: string;
  readonly path: RegExp;
}

const RESOURCES: Readonly<Record<string, string>> = RESOURCE_PATTERNS;
const LONGEST_SHOWN = 256;
let known: readonly KnownPath[] | undefined;

export function unknownPath({ method, url }: FastifyRequest): StatusError {
  const path = (url.split('?', 1)[0] ?? '').slice(0, LONGEST_SHOWN);
  return new StatusError('NOT_FOUND', 'UNKNOWN_PATH', { message: `${method} ${path} is not a path of this server${meant(method, path)}` });
}

/** The same path with another method, or in the other version. */
function meant(method: string, path: string): string {
  if (/^\/mcp(\/|$)/.test(path)) return ': an MCP server is that of a connection, /mcp/projects/{project}/locations/{location}/connections/{connection}.';
  const methods = methodsOf(path);
  if (methods.includes(method)) return ': a name in it is not well-formed.';
  if (methods.length > 0) return `; with ${methods.join(' or ')} it is.`;
  const other = path.startsWith('/v1/') ? `/v2/${path.slice(4)}` : path.startsWith('/v2/') ? `/v1/${path.slice(4)}` : '';
  const there = other === '' ? [] : methodsOf(other);
  if (there.length === 0) return '.';
  return `; did you mean ${there.includes(method) ? method : (there[0] ?? '')} ${other}?`;
}

function methodsOf(path: string): readonly string[] {
  known ??= Object.values(API).map(({ http }) => ({ method: http.method, path: toPattern(http.path) }));
  return [...new Set(known.filter((one) => one.path.test(path)).map((one) => one.method))];
}

function toPattern(path: string): RegExp {
  const spelled = path.replace(/\{(\w+)\}/g, (whole, name: string) => RESOURCES[name] ?? whole);
  const source = spelled.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, (_whole, name: string) => (name === 'entity' ? '[^:]+' : '[^/:]+'));
  return new RegExp(`^${source}$`);
}
