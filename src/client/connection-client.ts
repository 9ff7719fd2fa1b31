// A connection: its entity types, its actions, the Connectors task. Typed by its connector.
import type { RowInput, RowOutput } from '../api/row-caller.ts';
import { StatusError } from '../errors/status-error.ts';
import type { ApiClient } from './api-client.ts';
import type { ActionName, ConnectorTypes, EntityName, InputOf, ResultOf } from './connector-types.ts';
import { answered, membersOf } from './fields.ts';
import { createEntityMethods, optionsOf, type EntityClient, type WriteOptions } from './entity-client.ts';
import { isObject } from './json.ts';

export interface ActionClient<A> {
  /** Runs it. @returns its first result, which is the only one of every action of Stripe. @throws StatusError */
  run(input: InputOf<A>, options?: WriteOptions): Promise<ResultOf<A>>;
  /** Runs it. @returns all its results. @throws StatusError */
  runAll(input: InputOf<A>, options?: WriteOptions): Promise<readonly ResultOf<A>[]>;
}

/** Inputs of the Connectors task but the connection, which is known. */
export type TaskInput = Omit<RowInput<'integrations.execute'>['body'], 'connectionName'>;

export interface ConnectionClient<C extends ConnectorTypes> {
  /** `projects/demo/locations/us-central1/connections/stripe-sandbox` */
  readonly name: string;
  entity<Name extends EntityName<C>>(name: Name): EntityClient<C['entities'][Name]>;
  action<Name extends ActionName<C>>(name: Name): ActionClient<C['actions'][Name]>;
  /** Runs an operation as the Connectors task does, from its flat inputs. @throws StatusError */
  task(input: TaskInput, options?: WriteOptions): Promise<RowOutput<'integrations.execute'>>;
}

export function createConnectionClient<C extends ConnectorTypes>(api: ApiClient, connection: string): ConnectionClient<C> {
  const name = fullName(connection);
  return {
    name,
    entity: (entityType) => createEntityMethods(api, name, entityType),
    action: (action) => createActionClient(api, name, action),
    task: (input, options = {}) => api.call('integrations.execute', {
      path: { location: name.split('/').slice(0, 4).join('/'), integration: 'ExecuteConnection' }, query: { triggerId: 'api_trigger/ExecuteConnection' },
      body: { ...input, connectionName: name },
    }, optionsOf(options)),
  };
}

function createActionClient<A>(api: ApiClient, connection: string, action: string): ActionClient<A> {
  const isResult = (result: unknown): result is ResultOf<A> => isObject(result);
  async function runAll(input: InputOf<A>, options: WriteOptions = {}): Promise<readonly ResultOf<A>[]> {
    // In their typed form results are what the source answered, with its own types.
    const headers = { 'x-konektor-output': 'typed' };
    const { results } = await api.call('actions.execute', { path: { connection, action }, body: { parameters: membersOf(input, 'parameters') } }, { ...optionsOf(options), headers });
    return results.map((result) => answered(result, isResult, `A result of ${action}`));
  }
  return {
    runAll,
    async run(input, options) {
      const [result] = await runAll(input, options);
      if (result === undefined) throw new StatusError('UNKNOWN', 'ANSWER_NOT_UNDERSTOOD', { message: `${action} was run and gave no result.` });
      return result;
    },
  };
}

/** `demo/us-central1/stripe-sandbox`, or the whole name. @throws StatusError INVALID_ARGUMENT */
function fullName(connection: string): string {
  const parts = connection.split('/');
  const [project, location, id] = parts.length === 6 && parts[0] === 'projects' && parts[2] === 'locations' && parts[4] === 'connections' ? [parts[1], parts[3], parts[5]] : parts;
  if (![3, 6].includes(parts.length) || [project, location, id].some((part) => part === undefined || part === '' || part.startsWith('.'))) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', {
      message: `"${connection.slice(0, 200)}" names no connection: write project/location/connection, such as demo/us-central1/stripe-sandbox.`,
      violations: [{ field: 'connection', description: 'must be project/location/connection' }],
    });
  }
  return `projects/${project}/locations/${location}/connections/${id}`;
}
