// Rows of a connection: listed, got, made, changed and deleted, one by one or wherever a filter is true.
import { allRows, listRows } from '../engine/list.ts';
import { createPageTokens } from '../engine/page-token.ts';
import type { ScanBudget } from '../engine/source-reader.ts';
import { StatusError } from '../errors/status-error.ts';
import { parseFilter } from '../filter/parse.ts';
import type { EntityOperation, EntityType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';
import type { Filter, Sort } from '../spi/filter.ts';
import { underCallerKey } from './caller-key.ts';
import type { Caller } from './caller.ts';
import { callOf, writeOf, type Opened, type Opener } from './opened.ts';
import type { Turns } from './turns.ts';

export interface ListInput {
  readonly entity: string;
  readonly conditions: string;
  readonly sort: readonly Sort[];
  readonly pageSize: number;
  readonly pageToken: string;
}

export interface ListOutput {
  /** The listed name of the entity type, whatever alias was asked for. */
  readonly entity: string;
  readonly key: string | undefined;
  readonly rows: readonly Row[];
  readonly nextPageToken?: string;
}

/** What a write answers: the id, and the columns to show. */
export interface WriteOutput {
  readonly entity: string;
  readonly id: unknown;
  readonly row: Row;
}

/** Every method throws StatusErrors and nothing else. */
export interface EntityRuntime {
  list(connection: string, caller: Caller, input: ListInput): Promise<ListOutput>;
  get(connection: string, caller: Caller, entity: string, id: string): Promise<{ readonly entity: string; readonly row: Row }>;
  create(connection: string, caller: Caller, entity: string, row: Row): Promise<WriteOutput>;
  update(connection: string, caller: Caller, entity: string, id: string, patch: Row): Promise<WriteOutput>;
  delete(connection: string, caller: Caller, entity: string, id: string): Promise<void>;
  /** @returns how many rows were changed. */
  updateWhere(connection: string, caller: Caller, entity: string, conditions: string, patch: Row): Promise<number>;
  /** @returns how many rows were deleted. */
  deleteWhere(connection: string, caller: Caller, entity: string, conditions: string): Promise<number>;
}

export interface EntityRuntimeParts {
  /** 32 bytes or more that sign page tokens. */
  readonly tokenKey: Uint8Array;
  readonly budget: ScanBudget;
  readonly turns: Turns;
}

/** Writes of one request that run side by side. */
const PARALLEL_WRITES = 4;

export function createEntityRuntime(opener: Opener, { tokenKey, budget, turns }: EntityRuntimeParts): EntityRuntime {
  const tokens = createPageTokens(tokenKey);

  /** Opens the connection and has the call's turn. */
  async function opened(connection: string, caller: Caller, entity: string, operation: EntityOperation): Promise<{ readonly at: Opened; readonly type: EntityType }> {
    const at = await opener.open(connection);
    const type = at.catalog.entityWith(entity, operation);
    const turn = turns.take(at.connection, caller);
    if (turn !== undefined) await turn;
    return { at, type };
  }

  /** The ids of all rows that pass, resolved before the first is written. */
  async function idsWhere({ at, type }: { readonly at: Opened; readonly type: EntityType }, caller: Caller, conditions: string): Promise<readonly string[]> {
    const { key } = type;
    const filter = requireCondition(conditions);
    if (key === undefined) {
      throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message: `${type.name} has no id, so its rows cannot be written by a filter.` });
    }
    const rows = await Array.fromAsync(allRows(targetOf(at, type), at.session, callOf(caller), { filter, columns: [key] }, budget));
    return rows.map((row) => row[key]).filter((id) => typeof id === 'string');
  }

  return {
    async list(connection, caller, { entity, conditions, sort, pageSize, pageToken }) {
      const { at, type } = await opened(connection, caller, entity, 'LIST');
      const page = await listRows(targetOf(at, type), at.session, callOf(caller), { filter: conditions, sort, pageSize, pageToken }, { budget, tokens });
      return { entity: type.name, key: type.key, rows: page.rows, ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }) };
    },

    async get(connection, caller, entity, id) {
      const { at, type } = await opened(connection, caller, entity, 'GET');
      return { entity: type.name, row: await at.session.get(callOf(caller), type.name, id) };
    },

    async create(connection, caller, entity, row) {
      const { at, type } = await opened(connection, caller, entity, 'CREATE');
      const made = await underCallerKey(caller, () => at.session.create(callOf(caller), type.name, row, writeOf(at, caller)));
      const whole = type.showsOnCreate === true || !type.operations.includes('GET');
      return { entity: type.name, id: idOf(type, made), row: whole ? made : keyOnly(type, made) };
    },

    async update(connection, caller, entity, id, patch) {
      const { at, type } = await opened(connection, caller, entity, 'UPDATE');
      const row = await underCallerKey(caller, () => at.session.update(callOf(caller), type.name, id, patch, writeOf(at, caller)));
      return { entity: type.name, id: idOf(type, row) ?? id, row: keyOnly(type, row) };
    },

    async delete(connection, caller, entity, id) {
      const { at, type } = await opened(connection, caller, entity, 'DELETE');
      await underCallerKey(caller, () => at.session.delete(callOf(caller), type.name, id, writeOf(at, caller)));
    },

    async updateWhere(connection, caller, entity, conditions, patch) {
      const { at, type } = await opened(connection, caller, entity, 'UPDATE');
      const ids = await idsWhere({ at, type }, caller, conditions);
      return underCallerKey(caller, () => writeEach(ids, (id) => at.session.update(callOf(caller), type.name, id, patch, writeOf(at, caller, id))));
    },

    async deleteWhere(connection, caller, entity, conditions) {
      const { at, type } = await opened(connection, caller, entity, 'DELETE');
      const ids = await idsWhere({ at, type }, caller, conditions);
      return underCallerKey(caller, () => writeEach(ids, (id) => at.session.delete(callOf(caller), type.name, id, writeOf(at, caller, id))));
    },
  };
}

function targetOf({ connection, connector, config }: Opened, entity: EntityType): { readonly connection: string; readonly connector: Opened['connector']; readonly config: unknown; readonly entity: EntityType } {
  return { connection: connection.name, connector, config, entity };
}

function idOf({ key }: EntityType, row: Row): unknown {
  return key === undefined ? undefined : row[key];
}

function keyOnly({ key }: EntityType, row: Row): Row {
  return key === undefined ? {} : { [key]: row[key] };
}

/** An empty condition would be every row, which nobody means who left it out. */
function requireCondition(conditions: string): Filter {
  const filter = parseFilter(conditions);
  if (filter.kind !== 'and' || filter.filters.length > 0) return filter;
  throw new StatusError('INVALID_ARGUMENT', 'INVALID_FILTER', {
    message: 'conditions must not be empty: a write by filter needs to be told which rows.',
    violations: [{ field: 'conditions', description: 'must not be empty' }],
  });
}

/** Writes all; at the first failure no further write begins, and the error tells how many rows were written. */
async function writeEach(ids: readonly string[], write: (id: string) => Promise<unknown>): Promise<number> {
  let next = 0;
  let written = 0;
  let failure: { readonly id: string; readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined && failure === undefined; id = ids[next++]) {
      try {
        await write(id);
        written += 1;
      } catch (error) {
        failure ??= { id, error };
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_WRITES }, worker));
  if (failure !== undefined) throw partly(failure, written, ids.length);
  return written;
}

function partly({ id, error }: { readonly id: string; readonly error: unknown }, written: number, total: number): unknown {
  if (!(error instanceof StatusError)) return error;
  return new StatusError(error.code, error.reason, {
    message: `${error.message} (row ${id}; ${written} of ${total} rows were written)`,
    violations: error.violations,
    metadata: { ...error.metadata, row: id, written: String(written), rows: String(total) },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    cause: error,
  });
}
