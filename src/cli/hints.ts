// What to do about an error of the server, in commands: with the names that the call had, so that they can be run as they stand.
// Where it is silent, what the server says stands.
import { REASONS, type Reason } from '../errors/reasons.ts';
import { shortName } from './call-options.ts';
import { textIn } from './members.ts';

/** The call that was refused, as far as hints name parts of it. */
export interface Refused {
  /** The names of its path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** How the caller named the connection, where an option did: what is hinted at needs it too. */
  readonly connectionOption?: string;
  /** Facts that came with the error. */
  readonly metadata?: Readonly<Record<string, string>>;
}

type Hint = (refused: Refused) => string | undefined;

/** Which entity type or action it was about; a task says so in its body. */
const entityOf = ({ path, body, metadata }: Refused): string => path?.['entityType'] ?? metadata?.['entity'] ?? textIn(body, 'entity');
const actionOf = ({ path, body }: Refused): string => path?.['action'] ?? textIn(body, 'action');
const connectionOf = ({ path, body, metadata }: Refused): string => shortName(path?.['connection'] ?? (textIn(body, 'connectionName') || (metadata?.['resource'] ?? '')));

/** ` -c p/l/c` where the caller named the connection by an option: without it another may be meant, or none. */
export function through({ connectionOption, path }: Pick<Refused, 'connectionOption' | 'path'>): string {
  if (connectionOption === undefined) return '';
  const whole = path?.['connection'];
  return ` -c ${whole === undefined ? connectionOption : shortName(whole)}`;
}

/** Where columns and inputs are told; of a call that is about neither, `otherwise`. */
function shownBy(refused: Refused, what: { readonly entity: string; readonly action: string }, otherwise?: string): string | undefined {
  const [entity, action] = [entityOf(refused), actionOf(refused)];
  if (action !== '') return `konektor actions show ${action}${through(refused)} ${what.action}`;
  return entity === '' ? otherwise : `konektor entities show ${entity}${through(refused)} ${what.entity}`;
}

const HINTS: Readonly<Partial<Record<Reason, Hint>>> = {
  INVALID_REQUEST: () => 'Correct what is named, and run it again.',
  UNKNOWN_FIELD: (refused) => shownBy(refused, { entity: 'lists its columns.', action: 'lists its inputs.' }),
  INVALID_FIELD: (refused) => `Correct the named fields${shownBy(refused, { entity: 'tells the type of each.', action: 'tells the type of each.' })?.replace(/^/, ': ') ?? '.'}`,
  REQUIRED_FILTER: () => 'Add the named column to --filter with "=".',
  ENTITY_TYPE_NOT_FOUND: (refused) => `konektor entities list${through(refused)} shows the entity types of the connection.`,
  ACTION_NOT_FOUND: (refused) => `konektor actions list${through(refused)} shows the actions of the connection.`,
  TOOL_NOT_FOUND: (refused) => `konektor api tools.list${through(refused)} shows the tools of the connection.`,
  OPERATION_NOT_SUPPORTED: (refused) => shownBy(refused, { entity: 'tells which operations it has.', action: 'tells what it is.' }),
  PERMISSION_DENIED: denied,
  UNAUTHENTICATED: () => 'Pass a token that is valid with --token, set KONEKTOR_TOKEN, or keep it in a context:\nkonektor context set NAME --token -. "konektor tokens create" mints one; konektor context show tells which is in use.',
  SERVICE_DISABLED: ({ metadata = {} }) => enabling(metadata),
  CONNECTION_LOCKED: (refused) => `Unlock it first: ${['konektor connections unlock', connectionOf(refused)].join(' ').trimEnd()}`,
  CONNECTION_NOT_ACTIVE: (refused) => `${['konektor doctor', connectionOf(refused)].join(' ').trimEnd()} tells what is wrong with it.`,
  SECRET_ROLE_MISSING: ({ metadata = {} }) => granting(metadata),
  SCAN_LIMIT: (refused) => `Narrow the filter by a column that the source filters itself: ${['konektor explain', entityOf(refused)].join(' ').trimEnd()}${through(refused)} tells which.`,
  WRITE_SETTLED: () => 'konektor writes show tells how it ended.',
  UNKNOWN_PATH: () => 'The server has no such call: it may be older than this command. konektor --version tells that of the command, /openapi.json that of the server.',
};

/** Undefined where there is nothing to say in place of what the server says. */
export function hintFor(reason: string, refused: Refused): string | undefined {
  return isReason(reason) ? HINTS[reason]?.(refused) : undefined;
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

/** On the whole installation no owner of a project can help. */
function denied({ metadata = {} }: Refused): string | undefined {
  const { permission, resource } = metadata;
  if (permission === undefined || resource === undefined) return undefined;
  if (resource === '') return 'Ask an administrator of the server to do it: no role of a project holds it. Its settings KONEKTOR_ADMINS and\nKONEKTOR_ADMIN_TOKEN say who they are.';
  return `Ask an owner of ${resource.split('/').slice(0, 2).join('/')} to grant a role that has it: konektor access grant.\nWhich have it: konektor roles list --permission ${permission}`;
}

function enabling({ service = '', consumer = '' }: Readonly<Record<string, string>>): string | undefined {
  if (service === '') return undefined;
  return `konektor services enable ${service.replace(/\.googleapis\.com$/, '')}${consumer === '' ? '' : ` --project ${consumer.replace(/^projects\//, '')}`} does it too.`;
}

function granting({ serviceAccount, roles, secret }: Readonly<Record<string, string>>): string {
  if (serviceAccount === undefined || roles === undefined || secret === undefined) return 'Grant its service account the named roles on the secret: konektor access grant, with --secret.';
  return `konektor access grant serviceAccount:${serviceAccount} ${roles.replaceAll(',', ' ')} --secret ${secret}`;
}
