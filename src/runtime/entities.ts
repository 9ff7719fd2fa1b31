// Rows of a connection: listed, got, made, changed and deleted, one by one or wherever a filter is true.
import { explainList, type ListExplanation } from '../engine/explain.ts';
import { allRows, listRows } from '../engine/list.ts';
import { createPageTokens } from '../engine/page-token.ts';
import type { ScanBudget } from '../engine/source-reader.ts';
import { StatusError } from '../errors/status-error.ts';
import { parseFilter } from '../filter/parse.ts';
import type { EntityOperation, EntityType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';
import type { Filter, Sort } from '../spi/filter.ts';
import type { Caller } from './caller.ts';
import { readCount, readNothing, readPlan, readWriteOutput, type WriteOutput } from './kept.ts';
import { callOf, type Opened, type Opener } from './opened.ts';
import { sameCall } from './same-call.ts';
import type { Turns } from './turns.ts';
import { writeEach } from './write-each.ts';
import { madeOutput, updatedOutput } from './write-output.ts';
import type { WriteOrder, Writer } from './writes.ts';

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

export interface ExplainOutput extends ListExplanation {
  /** What one call may cost, whatever it asks for. */
  readonly budget: ScanBudget;
}

/** Every method throws StatusErrors and nothing else. */
export interface EntityRuntime {
  list(connection: string, caller: Caller, input: ListInput): Promise<ListOutput>;
  /** What `list` would do. It asks the source nothing and is no transaction. */
  explain(connection: string, input: Omit<ListInput, 'pageToken'>): Promise<ExplainOutput>;
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
  readonly writer: Writer;
}

export function createEntityRuntime(opener: Opener, { tokenKey, budget, turns, writer }: EntityRuntimeParts): EntityRuntime {
  const tokens = createPageTokens(tokenKey);

  /** Opens the connection and has the call's turn. */
  async function opened(connection: string, caller: Caller, entity: string, operation: EntityOperation, what: unknown): Promise<Target> {
    const at = await opener.open(connection);
    const type = at.catalog.entityWith(entity, operation);
    const turn = turns.take(at.connection, caller, () => sameCall(caller, operation, type.name, what));
    if (turn !== undefined) await turn;
    return { at, type };
  }

  /** The ids of all rows that pass, resolved before the first is written. */
  async function idsWhere({ at, type }: Target, caller: Caller, filter: Filter, key: string): Promise<readonly string[]> {
    const rows = await Array.fromAsync(allRows(targetOf(at, type), at.session, callOf(caller), { filter, columns: [key] }, budget));
    return rows.map((row) => row[key]).filter((id) => typeof id === 'string');
  }

  /** Writes every row that passes, each under a key of its own; asked for again under the same key, it goes on where it ended. */
  function writeWhere({ at, type }: Target, caller: Caller, order: WriteOrder & { readonly conditions: string }, one: OneWrite): Promise<number> {
    const filter = requireCondition(order.conditions);
    const { key } = type;
    if (key === undefined) {
      throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message: `${type.name} has no id, so its rows cannot be written by a filter.` });
    }
    return writer.write(at, caller, order, async (call, _options, attempt) => {
      // What was begun goes on when its caller leaves, its reading too: others may wait for it.
      const parts: Caller = { ...caller, signal: call.signal };
      let ids = readPlan(attempt.plan);
      if (ids === undefined) {
        ids = await idsWhere({ at, type }, parts, filter, key);
        if (ids.length > 0) await attempt.keep(ids);
      }
      return writeEach(ids, (id) => one(parts, id, attempt.id));
    }, readCount);
  }

  return {
    async list(connection, caller, input) {
      const { entity, conditions, sort, pageSize, pageToken } = input;
      const { at, type } = await opened(connection, caller, entity, 'LIST', input);
      const page = await listRows(targetOf(at, type), at.session, callOf(caller), { filter: conditions, sort, pageSize, pageToken }, { budget, tokens });
      return { entity: type.name, key: type.key, rows: page.rows, ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }) };
    },

    async explain(connection, { entity, conditions, sort, pageSize }) {
      const at = await opener.open(connection);
      return { ...explainList(targetOf(at, at.catalog.entityWith(entity, 'LIST')), { filter: conditions, sort, pageSize }), budget };
    },

    async get(connection, caller, entity, id) {
      const { at, type } = await opened(connection, caller, entity, 'GET', id);
      return { entity: type.name, row: await at.session.get(callOf(caller), type.name, id) };
    },

    async create(connection, caller, entity, row) {
      const { at, type } = await opened(connection, caller, entity, 'CREATE', row);
      return writer.write(at, caller, { kind: 'create', name: type.name, payload: row }, async (call, options) => {
        return madeOutput(type, await at.session.create(call, type.name, row, options));
      }, readWriteOutput);
    },

    async update(connection, caller, entity, id, patch) {
      const { at, type } = await opened(connection, caller, entity, 'UPDATE', { id, patch });
      return updateOne({ at, type }, caller, id, patch);
    },

    async delete(connection, caller, entity, id) {
      const { at, type } = await opened(connection, caller, entity, 'DELETE', { id });
      await deleteOne({ at, type }, caller, id);
    },

    async updateWhere(connection, caller, entity, conditions, patch) {
      const target = await opened(connection, caller, entity, 'UPDATE', { conditions, patch });
      return writeWhere(target, caller, { kind: 'updateWhere', name: target.type.name, payload: patch, conditions }, (parts, id, parent) => updateOne(target, parts, id, patch, parent));
    },

    async deleteWhere(connection, caller, entity, conditions) {
      const target = await opened(connection, caller, entity, 'DELETE', { conditions });
      return writeWhere(target, caller, { kind: 'deleteWhere', name: target.type.name, payload: {}, conditions }, (parts, id, parent) => deleteOne(target, parts, id, parent));
    },
  };

  function updateOne({ at, type }: Target, caller: Caller, id: string, patch: Row, parent?: string): Promise<WriteOutput> {
    const order: WriteOrder = { kind: 'update', name: type.name, id, payload: patch, ...(parent === undefined ? {} : { parent }) };
    return writer.write(at, caller, order, async (call, options) => updatedOutput(type, id, await at.session.update(call, type.name, id, patch, options)), readWriteOutput);
  }

  function deleteOne({ at, type }: Target, caller: Caller, id: string, parent?: string): Promise<void> {
    const order: WriteOrder = { kind: 'delete', name: type.name, id, payload: {}, ...(parent === undefined ? {} : { parent }) };
    return writer.write(at, caller, order, (call, options) => at.session.delete(call, type.name, id, options), readNothing);
  }
}

interface Target {
  readonly at: Opened;
  readonly type: EntityType;
}

/** Writes one of many rows, as a part of the write whose id is `parent`. */
type OneWrite = (caller: Caller, id: string, parent: string) => Promise<unknown>;

function targetOf({ connection, connector, config }: Opened, entity: EntityType): { readonly connection: string; readonly connector: Opened['connector']; readonly config: unknown; readonly entity: EntityType } {
  return { connection: connection.name, connector, config, entity };
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
