// The life of connections: made, changed and removed by operations that survive a restart, read from memory. It knows neither
// SQL, nor HTTP, nor Stripe; what an operation does stands in `work.ts`, how a connection is tried out is handed in.
import { randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import type { Fields } from '../listing/field.ts';
import { listPage, type ListRequest, type Page } from '../listing/page.ts';
import { beginOperation, type Operation, type OperationVerb } from '../operations/model.ts';
import type { OperationQueue } from '../operations/queue.ts';
import { step, type LifeEvent } from './lifecycle.ts';
import { locationOf, projectOf, revisionOf, servingOf, specOf, type Connection } from './model.ts';
import { searchIn, wordsOf, type Offered, type SearchResult } from './search.ts';
import { applyMask, isOnlyLock, parseMask } from './update-mask.ts';
import { readSpec, type SpecRules } from './validate.ts';
import { validateConnection, type Validation, type ValidationParts } from './validation.ts';
import { createConnectionWork, type Work, type WorkParts } from './work.ts';

/** Refuses a service account that the caller may not let a connection act as. @throws StatusError PERMISSION_DENIED */
export type ActAs = (serviceAccount: string) => void | Promise<void>;

export interface ConnectionService {
  /** Begins the making of a connection. @throws StatusError INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, RESOURCE_EXHAUSTED, and what `actAs` throws */
  create(parent: string, connectionId: string, body: unknown, actAs?: ActAs): Promise<Operation>;
  /** Every fault that `create` would find, and what the service account lacks. Makes nothing. @throws StatusError NOT_FOUND where there is no such project */
  validate(parent: string, connectionId: string, body: unknown, actAs?: ActAs): Promise<Validation>;
  /** @throws StatusError NOT_FOUND */
  get(name: string): Promise<Connection>;
  /** @param parent a location, or all of a project's: `projects/p/locations/-`. @throws StatusError INVALID_ARGUMENT */
  list(parent: string, request: ListRequest): Promise<Page<Connection>>;
  /** @throws StatusError INVALID_ARGUMENT */
  search(parent: string, query: string, request: ListRequest): Promise<Page<SearchResult>>;
  /**
   * Begins a change of the fields that the mask names; those that the body has not are cleared.
   * Another service account is asked of `actAs`.
   * @throws StatusError NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION, ABORTED
   */
  patch(name: string, mask: string | undefined, body: unknown, actAs?: ActAs): Promise<Operation>;
  /** Begins to try the connection out again: what it stands on has changed. @throws StatusError NOT_FOUND, FAILED_PRECONDITION, ABORTED */
  recheck(name: string): Promise<Operation>;
  /** Begins the removal. @throws StatusError NOT_FOUND, FAILED_PRECONDITION, ABORTED */
  remove(name: string): Promise<Operation>;
  readonly run: Work;
  /** What is kept in memory of a connection is old; undefined: of every one. */
  forget(name: string | undefined): void;
  /** Waits until every operation that was begun here has ended. */
  settle(): Promise<void>;
}

export interface ConnectionServiceParts extends Omit<WorkParts, 'changed'> {
  readonly queue: Pick<OperationQueue, 'wake' | 'settle'>;
  readonly rules: SpecRules;
  readonly missingRoles: ValidationParts['missingRoles'];
  /** @throws StatusError NOT_FOUND where there is no such project. */
  readonly requireProject: (project: string) => Promise<void>;
  /** What a connection offers; nothing where that cannot be told. */
  readonly offeredBy: (connection: Connection) => Promise<Offered>;
  /** Connections that a location may have; 0 for any number. */
  readonly mostPerLocation: number;
  /** Told whenever a connection changed or went: what was opened for other etags than these is to be closed. */
  readonly changed: (name: string, serving: readonly string[]) => void;
}

const FIELDS: Fields = {
  name: 'text', description: 'text', labels: 'map', connectorVersion: 'text', serviceAccount: 'text', suspended: 'boolean', createTime: 'time', updateTime: 'time',
  'status.state': 'text', 'status.status': 'text', 'lockConfig.locked': 'boolean', 'nodeConfig.minNodeCount': 'number', 'nodeConfig.maxNodeCount': 'number', connectionRevision: 'number',
};
const SIZES = { usual: 100, most: 1_000 };

/** Locations that hold no connection of their own, and may be asked for them. */
const EVERYWHERE: readonly string[] = ['-', 'global'];

export function createConnectionService(parts: ConnectionServiceParts): ConnectionService {
  const { connections, queue, now } = parts;
  const known = new Map<string, Connection>();
  /** What is being read. What is forgotten meanwhile serves those who wait for it, and is not kept. */
  const loading = new Map<string, Promise<Connection>>();

  function load(name: string): Promise<Connection> {
    const running = loading.get(name);
    if (running !== undefined) return running;
    const started = connections.find(name).then((connection) => {
      if (loading.get(name) === started) keep(name, connection);
      if (connection === undefined) throw notFound(name);
      return connection;
    }).finally(() => {
      if (loading.get(name) === started) loading.delete(name);
    });
    loading.set(name, started);
    return started;
  }

  function keep(name: string, connection: Connection | undefined): void {
    if (connection !== undefined) known.set(name, connection);
    const etags = connection === undefined ? [] : [connection.etag, servingOf(connection)?.etag];
    parts.changed(name, etags.filter((etag) => etag !== undefined));
  }

  const find = async (name: string): Promise<Connection> => known.get(name) ?? load(name);

  const changed = (name: string): void => {
    known.delete(name);
    loading.delete(name);
    // What was opened for the connection before is closed now, not when somebody next asks for it.
    find(name).catch(() => undefined);
  };

  /** Begins to work on a connection that nothing else works on. */
  async function begin(connection: Connection, verb: OperationVerb, event: LifeEvent, change: Partial<Connection>): Promise<Operation> {
    const { name, etag } = connection;
    const operation = beginOperation(locationOf(name), verb, name, now());
    const state = step(name, connection.status.state, event);
    if (state === 'NONE' || state === 'PREVIOUS') throw notFound(name);
    await connections.replace({ ...connection, ...change, status: { state }, etag: randomUUID(), operation: operation.name }, etag, operation);
    changed(name);
    queue.wake(operation.name);
    return operation;
  }

  /** A mistyped project or region would otherwise look like one that has no connections. @throws StatusError NOT_FOUND */
  async function requirePlace(parent: string): Promise<void> {
    const project = projectOf(parent);
    await parts.requireProject(project);
    const location = parent.slice(parent.lastIndexOf('/') + 1);
    if (EVERYWHERE.includes(location) || parts.rules.isLocation(location)) return;
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `"${location.slice(0, 100)}" is no region here; GET /v1/projects/${project}/locations lists them.`, metadata: { resource: parent.slice(0, 300) } });
  }

  return {
    async create(parent, connectionId, body, actAs) {
      await parts.requireProject(projectOf(parent));
      const name = `${parent}/connections/${connectionId}`;
      const { spec } = await readSpec(name, body, parts.rules);
      await actAs?.(spec.serviceAccount);
      const at = now();
      const operation = beginOperation(parent, 'create', name, at);
      const connection: Connection = {
        name, createTime: at.toISOString(), updateTime: at.toISOString(), ...spec,
        status: { state: 'CREATING' }, connectionRevision: '1', etag: randomUUID(), operation: operation.name,
      };
      await connections.insert(connection, operation, parts.mostPerLocation);
      changed(name);
      queue.wake(operation.name);
      return operation;
    },

    async validate(parent, connectionId, body, actAs = () => undefined) {
      await parts.requireProject(projectOf(parent));
      return validateConnection(`${parent}/connections/${connectionId}`, body, { rules: parts.rules, find: (name) => connections.find(name), missingRoles: parts.missingRoles, actAs });
    },

    get: find,

    async list(parent, request) {
      const all = await connections.list(parent);
      if (all.length === 0) await requirePlace(parent);
      return listPage(all, request, { list: `${parent}/connections`, fields: FIELDS, sizes: SIZES });
    },

    async search(parent, query, request) {
      const words = wordsOf(query);
      if (words.length === 0) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'query must hold at least one word.', violations: [{ field: 'query', description: 'must hold at least one word' }] });
      const all = await connections.list(parent);
      if (all.length === 0) await requirePlace(parent);
      const found = await Promise.all(all.map(async (connection) => searchIn(connection, await parts.offeredBy(connection), words)));
      const results = found.filter((one) => one !== undefined).map((one) => ({ name: one.connection.name, ...one }));
      return listPage(results, request, { list: `${parent}/connections:search ${words.join(' ')}`, fields: {}, sizes: SIZES });
    },

    async patch(name, mask, body, actAs) {
      const connection = await find(name);
      const paths = parseMask(mask);
      const patched = applyMask(specOf(connection), paths, body);
      // A change that unlocks may change the rest as well: declarative clients send everything in one patch.
      if (!isOnlyLock(paths) && !unlocks(patched)) requireUnlocked(connection);
      const { spec } = await readSpec(name, patched, parts.rules);
      if (spec.serviceAccount !== connection.serviceAccount) await actAs?.(spec.serviceAccount);
      const [was, shall] = [connection.suspended === true, spec.suspended === true];
      const event = was === shall ? 'patch' : shall ? 'suspend' : 'resume';
      const { createTime, etag, status, operation } = connection;
      const next: Connection = {
        name, createTime, ...spec, status, etag, previous: revisionOf(connection), updateTime: now().toISOString(),
        connectionRevision: String(BigInt(connection.connectionRevision) + 1n), ...(operation === undefined ? {} : { operation }),
      };
      return begin(next, 'update', event, {});
    },

    async recheck(name) {
      const connection = await find(name);
      return begin(connection, 'update', 'recheck', { previous: revisionOf(connection) });
    },

    async remove(name) {
      const connection = await find(name);
      requireUnlocked(connection);
      return begin(connection, 'delete', 'remove', {});
    },

    run: createConnectionWork({ ...parts, changed }),

    forget(name) {
      if (name !== undefined) return changed(name);
      known.clear();
      loading.clear();
      return undefined;
    },

    settle: () => queue.settle(),
  };
}

function unlocks({ lockConfig }: Readonly<Record<string, unknown>>): boolean {
  return typeof lockConfig !== 'object' || lockConfig === null || !('locked' in lockConfig) || lockConfig.locked !== true;
}

function requireUnlocked({ name, lockConfig }: Connection): void {
  if (lockConfig?.locked !== true) return;
  const why = lockConfig.reason === undefined ? '' : `: ${lockConfig.reason.replace(/\.$/, '')}`;
  throw new StatusError('FAILED_PRECONDITION', 'CONNECTION_LOCKED', { message: `Connection ${name} is locked${why}.`, metadata: { resource: name } });
}

function notFound(name: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
}
