// What policies are kept on, and by which rows each is read, set and tested.
import type { RowCaller, RowOutput } from '../../api/row-caller.ts';
import { connectionName, projectName } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { resourceName, serviceAccountName } from '../resource-names.ts';
import type { Reached } from '../transport.ts';

export type Policy = RowOutput<'projects.getIamPolicy'>;

/** A resource that has a policy. */
export interface PolicyPlace {
  readonly name: string;
  read(): Promise<Policy>;
  /** @throws CommandError ABORTED where the policy has changed since it was read. */
  write(policy: Policy): Promise<Policy>;
  /** Which of some permissions the caller has. */
  test(permissions: readonly string[]): Promise<readonly string[]>;
}

type Rows = (call: RowCaller, name: string) => PolicyPlace;
const heldIn = ({ permissions = [] }: RowOutput<'projects.testIamPermissions'>): readonly string[] => permissions;

export const PLACES = {
  project: (call, name) => ({
    name, read: () => call('projects.getIamPolicy', { path: { project: name }, body: {} }), write: (policy) => call('projects.setIamPolicy', { path: { project: name }, body: { policy } }),
    test: async (permissions) => heldIn(await call('projects.testIamPermissions', { path: { project: name }, body: { permissions } })),
  }),
  connection: (call, name) => ({
    name, read: () => call('connections.getIamPolicy', { path: { connection: name } }), write: (policy) => call('connections.setIamPolicy', { path: { connection: name }, body: { policy } }),
    test: async (permissions) => heldIn(await call('connections.testIamPermissions', { path: { connection: name }, body: { permissions } })),
  }),
  secret: (call, name) => ({
    name, read: () => call('secrets.getIamPolicy', { path: { secret: name } }), write: (policy) => call('secrets.setIamPolicy', { path: { secret: name }, body: { policy } }),
    test: async (permissions) => heldIn(await call('secrets.testIamPermissions', { path: { secret: name }, body: { permissions } })),
  }),
  serviceAccount: (call, name) => ({
    name, read: () => call('serviceAccounts.getIamPolicy', { path: { serviceAccount: name }, body: {} }), write: (policy) => call('serviceAccounts.setIamPolicy', { path: { serviceAccount: name }, body: { policy } }),
    test: async (permissions) => heldIn(await call('serviceAccounts.testIamPermissions', { path: { serviceAccount: name }, body: { permissions } })),
  }),
  provider: (call, name) => ({
    name, read: () => call('providers.getIamPolicy', { path: { provider: name } }), write: (policy) => call('providers.setIamPolicy', { path: { provider: name }, body: { policy } }),
    test: async (permissions) => heldIn(await call('providers.testIamPermissions', { path: { provider: name }, body: { permissions } })),
  }),
} as const satisfies Record<string, Rows>;

/** By which options a resource is named; the project where none of them is given. */
export interface PlaceChoice {
  readonly connection?: string;
  readonly secret?: string;
  readonly serviceAccount?: string;
  readonly provider?: string;
}

/** @throws CommandError where several are named. */
export async function findPlace(reached: Reached, choice: PlaceChoice): Promise<PolicyPlace> {
  const { connection, secret, serviceAccount, provider } = choice;
  if ([connection, secret, serviceAccount, provider].filter((one) => one !== undefined).length > 1) throw new CommandError('INVALID_ARGUMENT', 'A policy is that of one resource: name one of --connection, --secret, --service-account and --provider.');
  // The connection of the context is not meant here: who names nothing means the project.
  if (connection !== undefined) return PLACES.connection(reached.call, await connectionName(reached, connection));
  if (secret !== undefined) return PLACES.secret(reached.call, resourceName(reached, 'secret', secret));
  if (serviceAccount !== undefined) return PLACES.serviceAccount(reached.call, serviceAccountName(reached, serviceAccount));
  if (provider !== undefined) return PLACES.provider(reached.call, resourceName(reached, 'provider', provider));
  return PLACES.project(reached.call, projectName(reached));
}
