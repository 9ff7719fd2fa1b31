// How a connection is tried out: may its service account read the secrets it names, are they there, does the source answer.
// Each cause is told apart by its reason, in words that are the same as long as the cause is.
import { StatusError } from '../errors/status-error.ts';
import { parseSecretVersion } from '../secrets/model.ts';
import { projectOf, secretVersions, type Connection, type ConnectionStatus } from './model.ts';

export const SECRET_ROLES = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'] as const;

export interface SecretParts {
  readonly secretExists: (secret: string) => Promise<boolean>;
  /** Which of some roles a member lacks on a resource. */
  readonly rolesMissing: (member: string, roles: readonly string[], resource: string) => Promise<readonly string[]>;
}

export interface CheckParts extends SecretParts {
  readonly serviceAccountExists: (email: string, project: string) => Promise<boolean>;
  /** Reads the secrets and asks the source. @throws StatusError saying what is wrong. */
  readonly tryOut: (connection: Connection, signal: AbortSignal) => Promise<void>;
}

/** Tries a connection out. @throws StatusError saying what is wrong. */
export async function checkConnection(connection: Connection, signal: AbortSignal, parts: CheckParts): Promise<void> {
  const { serviceAccount, name } = connection;
  if (!(await parts.serviceAccountExists(serviceAccount, projectOf(name)))) {
    throw accountGone(serviceAccount);
  }
  const [lack] = await missingRoles(connection, parts);
  if (lack !== undefined) throw rolesMissing(serviceAccount, lack.roles, lack.secret);
  await parts.tryOut(connection, signal);
}

/** What a service account lacks on a secret. */
export interface MissingRoles {
  readonly secret: string;
  readonly roles: readonly string[];
}

/** What the service account of a connection lacks on the secrets that it names, in their order. */
export async function missingRoles(connection: Pick<Connection, 'name' | 'serviceAccount' | 'configVariables' | 'authConfig'>, parts: SecretParts): Promise<readonly MissingRoles[]> {
  const { serviceAccount, name } = connection;
  const secrets = new Set(secretVersions(connection).map((version) => parseSecretVersion(version)?.secret).filter((secret) => secret !== undefined));
  const missing: MissingRoles[] = [];
  for (const secret of secrets) {
    // Of a secret that is not there no role can be held; that it is not there is told when it is read. Of another project's
    // secrets whoever holds no role there learns not even that.
    if (projectOf(secret) === projectOf(name) && !(await parts.secretExists(secret))) continue;
    const roles = await parts.rolesMissing(`serviceAccount:${serviceAccount}`, SECRET_ROLES, secret);
    if (roles.length > 0) missing.push({ secret, roles });
  }
  return missing;
}

/** Nothing can be done as a service account that is disabled, or deleted. */
export function accountGone(serviceAccount: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'RESOURCE_NOT_FOUND', { message: `The service account ${serviceAccount} of the connection was not found, or is disabled.`, metadata: { serviceAccount } });
}

/** What a service account must be given before its connections can read a secret. */
export function rolesMissing(serviceAccount: string, roles: readonly string[], secret: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'SECRET_ROLE_MISSING', {
    message: `The service account ${serviceAccount} lacks ${roles.join(' and ')} on ${secret}.`, metadata: { serviceAccount, roles: roles.join(','), secret },
  });
}

/** What a failed check leaves in the status. Ids of single requests are cut out: they would make each try look like another fault. */
export function describeFailure(error: unknown): Omit<ConnectionStatus, 'state'> {
  if (!(error instanceof StatusError)) return { description: 'The connection could not be tried out: a fault of the server, see its log.', status: 'INTERNAL' };
  // Words of others may hold what no database takes.
  const message = error.message.replace(/\s*\(?\b(?:request[- ]id:?\s*)?req_\w+\)?/gi, '').replaceAll('\0', '').toWellFormed();
  return { description: `${message.replace(/([^.!?])$/, '$1.')} ${error.hint}`, status: error.reason };
}
