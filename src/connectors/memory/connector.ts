// A complete connector over arrays: the example to read before writing one, and the double in tests of what drives connectors.
// The pure half is here (what exists, what the source can filter); `session.ts` is the half that does I/O.
import { invalidFields } from '../../errors/status-error.ts';
import type { Catalog, EntityType } from '../../spi/catalog.ts';
import type { Connector, ListPlan, Row } from '../../spi/connector.ts';
import { ACTIONS } from './actions.ts';
import { entityNotFound, requireOpen } from './errors.ts';
import { planMemoryList } from './plan-list.ts';
import { MemorySession, type CallCounts, type MemorySource } from './session.ts';
import { MemoryTable } from './table.ts';

export interface MemoryEntity {
  readonly type: EntityType;
  readonly rows?: readonly Row[];
}

export interface MemoryOptions {
  readonly entities: readonly MemoryEntity[];
  /** How long every call takes, in milliseconds; none by default. */
  readonly latency?: number;
  /** The most rows that one scan gives; 100 by default. */
  readonly largestPage?: number;
}

export interface MemoryConfig {
  /** Shows and serves only what changes nothing. */
  readonly readOnly: boolean;
}

export interface MemoryConnector extends Connector<MemoryConfig> {
  /** How often the sessions of this connector were called. */
  readonly counts: CallCounts;
  /** The rows themselves, for tests that change them behind the connector's back. */
  readonly tables: ReadonlyMap<string, MemoryTable>;
}

/** Makes a connector whose source is the rows handed in; all its sessions share them. */
export function memoryConnector(options: MemoryOptions): MemoryConnector {
  const tables = new Map(options.entities.map(({ type, rows }) => [type.name, new MemoryTable(type, rows ?? [])]));
  const types = options.entities.map(({ type }) => type);
  const source: MemorySource = {
    tables, answers: new Map(), latency: options.latency ?? 0, largestPage: options.largestPage ?? 100,
    counts: { check: 0, scan: 0, get: 0, create: 0, update: 0, delete: 0, execute: 0 },
  };
  return {
    counts: source.counts,
    tables,
    manifest: {
      name: 'memory', version: '1', description: 'Rows held in memory', transactionsPerSecondPerNode: 1_000,
      template: {
        displayName: 'Memory', description: 'Rows held in memory', category: 'Examples', tags: [], releaseVersion: '1.0.0', releaseTime: '2026-11-01T00:00:00.000Z', auth: [], destinations: [], backends: [],
        variables: [{ key: 'read_only', valueType: 'BOOL', displayName: 'Read only', description: 'Offer only List and Get' }],
      },
    },
    parseConfig,
    describe: (config) => describeCatalog(types, config),
    planList: (_config, list) => {
      const type = types.find(({ name }) => name === list.entity);
      if (type === undefined) throw entityNotFound(list.entity);
      return planMemoryList(type, list);
    },
    split: (plan, parts) => splitById(tables, plan, parts),
    open: async (config, context) => {
      requireOpen(context.signal);
      return new MemorySession(source, describeCatalog(types, config), context.now);
    },
  };
}

function parseConfig(input: unknown): MemoryConfig {
  const given: Readonly<Record<string, unknown>> = typeof input === 'object' && input !== null ? { ...input } : {};
  const readOnly = given['read_only'] ?? false;
  const faults = Object.keys(given).filter((key) => key !== 'read_only').map((field) => ({ field, description: 'is not known' }));
  if (typeof readOnly !== 'boolean') faults.push({ field: 'read_only', description: 'must be true or false' });
  if (faults.length > 0 || typeof readOnly !== 'boolean') throw invalidFields(faults);
  return { readOnly };
}

function describeCatalog(types: readonly EntityType[], { readOnly }: MemoryConfig): Catalog {
  if (!readOnly) return { entities: types, actions: ACTIONS };
  const entities = types.map((type) => ({ ...type, operations: type.operations.filter((operation) => operation === 'LIST' || operation === 'GET') }));
  return { entities, actions: [] };
}

/** Cuts the ids into ranges that hold about as many rows each; one after the other they are the rows of the plan, in order. */
function splitById(tables: ReadonlyMap<string, MemoryTable>, plan: ListPlan, parts: number): readonly ListPlan[] {
  const { entity, direction } = plan.scan;
  const ids = tables.get(String(entity))?.idsAfter(undefined, 'asc', {}) ?? [];
  const cuts = Array.from({ length: Math.max(0, parts - 1) }, (_, index) => ids[Math.floor(((index + 1) * ids.length) / parts)]);
  const borders = [...new Set(cuts.filter((cut) => cut !== undefined && cut !== ids[0]))];
  const ranges = [undefined, ...borders].map((from, index) => ({ ...(from === undefined ? {} : { from }), ...(borders[index] === undefined ? {} : { until: borders[index] }) }));
  const plans = ranges.map((range) => ({ ...plan, scan: { ...plan.scan, ...range } }));
  return direction === 'desc' ? plans.toReversed() : plans;
}
