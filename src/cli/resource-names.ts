// Whole names of resources, of what is typed of them: their last parts; the rest is said by options, by the context, or is the
// usual. It asks no server.
import { isNamePart } from '../api/names.ts';
import { RESOURCE_PATTERNS } from '../api/operation.ts';
import { locationName, projectName } from './call-options.ts';
import { CommandError } from './command-error.ts';
import type { Reached } from './transport.ts';

export type Resource = keyof typeof RESOURCE_PATTERNS;

/** Where the catalogue is, whatever region is meant. */
const IN_GLOBAL: ReadonlySet<Resource> = new Set(['provider', 'connector', 'connectorVersion']);
const DOMAIN = '.iam.gserviceaccount.com';
const SERVICES_DOMAIN = '.googleapis.com';

/** `projects/demo/secrets/key/versions/2` of `key/2`, `demo/key/2`, or of itself. @throws CommandError */
export function resourceName(reached: Pick<Reached, 'defaults'>, resource: Resource, given: string): string {
  const pattern = RESOURCE_PATTERNS[resource].split('/');
  const isPlace = (part: string): boolean => part.startsWith('{');
  const parts = given.split('/');
  const fault = (): CommandError => new CommandError('INVALID_ARGUMENT', `"${given}" names no ${wordsOf(resource)}: write ${pattern.filter(isPlace).slice(-1 * shortest(resource)).join('/')}, or the whole name.`);
  if (!parts.every(isNamePart)) throw fault();
  if (given.startsWith('projects/')) {
    if (parts.length === pattern.length && pattern.every((part, index) => isPlace(part) || part === parts[index])) return given;
    throw fault();
  }
  const places = pattern.filter(isPlace);
  if (parts.length > places.length || parts.length < shortest(resource)) throw fault();
  const lacking = places.slice(0, places.length - parts.length);
  const place = lacking.includes('{locationId}') && !IN_GLOBAL.has(resource) ? locationName(reached) : lacking.length === 0 ? '' : `${projectName(reached)}/locations/global`;
  const [, project = '', , location = ''] = place.split('/');
  const values = [...lacking.map((one) => (one === '{projectId}' ? project : location)), ...parts];
  return pattern.map((part) => (isPlace(part) ? values.shift() ?? '' : part)).join('/');
}

/** How many parts of a name have no usual value: those behind project and location. */
function shortest(resource: Resource): number {
  return RESOURCE_PATTERNS[resource].split('/').filter((part) => part.startsWith('{') && !['{projectId}', '{locationId}'].includes(part)).length || 1;
}

/** `secret version` of `secretVersion`. */
function wordsOf(resource: Resource): string {
  return resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Of an email, a unique id, or what stands before the @ in a project. @throws CommandError */
export function serviceAccountName(reached: Pick<Reached, 'defaults'>, given: string): string {
  if (given.includes('/')) return resourceName(reached, 'serviceAccount', given);
  // The project is known by the account alone.
  if (given.includes('@') || /^\d{21}$/.test(given)) return resourceName(reached, 'serviceAccount', `${/@([^@.]+)\.iam\./.exec(given)?.[1] ?? '-'}/${given}`);
  const project = projectName(reached).slice('projects/'.length);
  return resourceName(reached, 'serviceAccount', `${project}/${accountEmail(given, project)}`);
}

/** `kasir@toko.iam.gserviceaccount.com` of `kasir`. */
export function accountEmail(account: string, project: string): string {
  return account.includes('@') ? account : `${account}@${project}${DOMAIN}`;
}

/** Of `connectors` or `connectors.googleapis.com`. @throws CommandError */
export function serviceName(reached: Pick<Reached, 'defaults'>, given: string): string {
  return resourceName(reached, 'service', given.includes('.') ? given : `${given}${SERVICES_DOMAIN}`);
}

/** The last part of a name. */
export function idOf(name: unknown): string {
  return String(name).split('/').at(-1) ?? '';
}
