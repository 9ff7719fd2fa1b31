// The half of the connector that calls Stripe: one method for each thing a session can do, each made from a row of the tables.
import { invalidFields, StatusError, type FieldViolation } from '../../errors/status-error.ts';
import type { EntityOperation } from '../../spi/catalog.ts';
import type { Call, ListPlan, Page, Row, Session, SessionContext, WriteOptions } from '../../spi/connector.ts';
import type { FoundOutcome, UnsettledWrite } from '../../spi/writes.ts';
import { actionBindingOf } from './action-bindings.ts';
import { bindingOf, requireOperation, type Binding } from './bindings.ts';
import { keyMode, type StripeConfig } from './config.ts';
import { Exchange, type Ask } from './exchange.ts';
import { answerOf, executeAction } from './execute.ts';
import { wireName } from './filters.ts';
import { findOutcomes } from './find-outcomes.ts';
import { fillPath, slotsOf, splitId } from './id.ts';
import type { StripeRates } from './limits.ts';
import { completeLists } from './nested-list.ts';
import { readEntityPayload } from './payload.ts';
import { isDeleted } from './response.ts';
import { finishRow, includesOf } from './row.ts';
import { scanPage } from './scan.ts';
import type { CallRow } from './table.ts';
import { overrideOf, tables } from './tables.ts';

export function openStripeSession(config: StripeConfig, context: SessionContext, rates?: StripeRates): Session {
  return new StripeSession(config, new Exchange(config, context, rates), context.now);
}

class StripeSession implements Session {
  private readonly config: StripeConfig;
  private readonly exchange: Exchange;
  /** On another API version than the tables', what they do not know passes through. */
  private readonly passthrough: boolean;
  private readonly now: () => Date;

  constructor(config: StripeConfig, exchange: Exchange, now: () => Date) {
    this.config = config;
    this.now = now;
    this.exchange = exchange;
    this.passthrough = config.apiVersion !== tables().apiVersion;
  }

  /** Reads the account. A restricted key may not, and is a good key all the same; an account that is not the key's is no good. */
  async check(call: Call): Promise<void> {
    const answer = await this.exchange.ask(call, { method: 'GET', path: '/v1/account', endpoint: '/v1/account' });
    if (answer.kind === 'object') return;
    const isRestricted = answer.kind === 'fault' && answer.error.code === 'PERMISSION_DENIED' && answer.fault.code !== 'account_invalid';
    if (!isRestricted) throw answer.error;
  }

  async scan(call: Call, entity: string, { scan: plan }: ListPlan, page: { readonly cursor?: string; readonly size: number }): Promise<Page> {
    const binding = bindingOf(entity);
    requireOperation(binding, 'LIST');
    const get = async (id: string, account: string | undefined): Promise<Row> => this.read(call, binding, id, account);
    return scanPage({ exchange: this.exchange, call, binding, plan, passthrough: this.passthrough, get }, page);
  }

  async get(call: Call, entity: string, id: string): Promise<Row> {
    return this.read(call, bindingOf(entity), id, undefined);
  }

  private async read(call: Call, binding: Binding, id: string, account: string | undefined): Promise<Row> {
    const row = requireCall(binding, 'GET', binding.row.get);
    const ids = idsOf(binding, row, id);
    const object = await this.exchange.object(call, { ...askOf(binding, row, ids, { ...includesOf(row.shape), ...singletonQuery(binding, id) }), account });
    // A deleted object is a stub that no list shows.
    if (isDeleted(object)) {
      throw new StatusError('NOT_FOUND', 'ROW_NOT_FOUND', { message: `${binding.row.entity} ${id.slice(0, 300)} was deleted`, metadata: { deleted: 'true' } });
    }
    const { nestedLists } = binding;
    const whole = nestedLists.length === 0 ? object : await completeLists(this.exchange, call, object, nestedLists.map(({ path }) => path), account);
    return finishRow(binding, whole, ids, this.passthrough);
  }

  async create(call: Call, entity: string, given: Row, { idempotencyKey, again }: WriteOptions): Promise<Row> {
    const binding = bindingOf(entity);
    const row = requireCall(binding, 'CREATE', binding.row.create);
    const { parents, account, parameters } = readEntityPayload(binding, given, 'CREATE', row.shape, this.config, this.passthrough);
    const object = await this.exchange.object(call, { ...askOf(binding, row, parents, parameters), idempotencyKey, again, account });
    return finishRow(binding, object, parents, this.passthrough);
  }

  async update(call: Call, entity: string, id: string, patch: Row, { idempotencyKey, again }: WriteOptions): Promise<Row> {
    const binding = bindingOf(entity);
    const row = requireCall(binding, 'UPDATE', binding.row.update);
    const ids = idsOf(binding, row, id);
    const { account, parameters } = readEntityPayload(binding, withoutOwnIds(binding, patch, id, ids), 'UPDATE', row.shape, this.config, this.passthrough);
    const object = await this.exchange.object(call, { ...askOf(binding, row, ids, parameters), idempotencyKey, again, account });
    return finishRow(binding, object, ids, this.passthrough);
  }

  async delete(call: Call, entity: string, id: string, { idempotencyKey, again }: WriteOptions): Promise<void> {
    const binding = bindingOf(entity);
    const row = requireCall(binding, 'DELETE', binding.row.delete);
    await this.exchange.object(call, { ...askOf(binding, row, idsOf(binding, row, id), {}), idempotencyKey, again });
  }

  async execute(call: Call, name: string, input: Row, { idempotencyKey, again }: WriteOptions): Promise<readonly Row[]> {
    const action = actionBindingOf(name);
    if (action.row.testOnly === true && keyMode(await this.exchange.key()) === 'live') {
      throw new StatusError('NOT_FOUND', 'ACTION_NOT_FOUND', { message: `${action.row.action} exists for test keys alone` });
    }
    return [await executeAction({ exchange: this.exchange, config: this.config, call, idempotencyKey, again, passthrough: this.passthrough }, action, input)];
  }

  async findOutcomes(call: Call, writes: readonly UnsettledWrite[]): Promise<readonly FoundOutcome[]> {
    const { exchange, passthrough } = this;
    return findOutcomes({
      exchange, call, passthrough, now: this.now(),
      get: (entity, id, account) => this.read(call, bindingOf(entity), id, account),
      read: async (entity, id, account) => {
        const binding = bindingOf(entity);
        const { get } = binding.row;
        if (get === undefined) return undefined;
        const answer = await exchange.ask(call, { ...askOf(binding, get, idsOf(binding, get, id), {}), account });
        return answer.kind === 'object' ? answer.object : undefined;
      },
      answer: ({ name, output, trace }, object) => answerOf({ exchange, call: { ...call, output } }, actionBindingOf(name), object, trace.account),
    }, writes);
  }

  /** There is nothing to close: sockets belong to whoever sends. */
  async close(): Promise<void> {}
}

function requireCall(binding: Binding, operation: EntityOperation, row: CallRow | undefined): CallRow {
  if (row !== undefined) return row;
  requireOperation(binding, operation);
  throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message: `${binding.row.entity} has no operation ${operation}` });
}

function askOf({ row }: Binding, call: CallRow, ids: readonly string[], parameters: Ask['parameters'] & object): Ask {
  return {
    method: call.method, api: row.api, host: call.host ?? row.host, path: fillPath(call.path, ids), endpoint: call.path,
    parameters, multipart: call.multipart === true,
  };
}

/** The ids of a path, parents first. A singleton without parents takes any id, one with parents takes theirs. */
function idsOf(binding: Binding, call: CallRow, id: string): readonly string[] {
  const slots = slotsOf(call.path).length;
  if (slots === 0) return [];
  const parts = binding.row.singleton ? splitId(id.split('/').slice(0, slots).join('/'), slots) : splitId(id, slots);
  if (!('fault' in parts)) return parts;
  const shape = [...binding.parents.map(({ column }) => column), ...(binding.row.singleton ? [] : ['StripeId'])].join('/');
  const missing = slots > 1 && !id.includes('/') ? binding.parents.map(({ column }) => column) : ['Id'];
  throw invalidFields(missing.map((field): FieldViolation => ({ field, description: slots > 1 ? `${parts.fault}: ${shape}` : parts.fault })));
}

function singletonQuery({ row }: Binding, id: string): NonNullable<Ask['parameters']> {
  if (!row.singleton) return {};
  const { idParameter, accountParameter, getDefaults } = overrideOf(row);
  const parameter = id.startsWith('acct_') ? accountParameter ?? idParameter : idParameter;
  const defaults = Object.entries(getDefaults ?? {}).map(([name, value]) => [wireName(name.split('.')), value]);
  return { ...Object.fromEntries(defaults), ...(parameter === undefined ? {} : { [parameter]: id }) };
}

/** A patch may repeat who it is for. */
function withoutOwnIds(binding: Binding, patch: Row, id: string, ids: readonly string[]): Row {
  const own: Readonly<Record<string, string | undefined>> = {
    Id: id, ...(binding.composite ? { StripeId: ids.at(-1) } : {}),
    ...Object.fromEntries(binding.parents.map(({ column }, index) => [column, ids[index]])),
  };
  return Object.fromEntries(Object.entries(patch).filter(([key, value]) => own[key] === undefined || own[key] !== value));
}

