// Filter → the parameters of Stripe's list call. Pure. A condition is handed to Stripe only where Stripe then gives every row
// that ours would keep, never fewer: what is left is filtered here, and all of it once more by the engine.
import { invalidFields, StatusError } from '../../errors/status-error.ts';
import { allOf, conjuncts, type Condition } from '../../filter/conjuncts.ts';
import type { ListPlan, ListRequest } from '../../spi/connector.ts';
import type { Filter, Scalar, Sort } from '../../spi/filter.ts';
import { bindingOf, requireOperation, type Binding } from './bindings.ts';
import { faultOfAccount, type StripeConfig } from './config.ts';
import { wireName, type FilterTarget } from './filters.ts';
import { pushCondition, type Pushed } from './push.ts';
import { searchQuery } from './search.ts';
import { overrideOf } from './tables.ts';

/** How a scan says what is no parameter of Stripe's. */
export const CONTROL = {
  /** Ids to be read one by one. */
  ids: '@ids',
  /** Ids of the parents, in the order of the path. */
  parents: '@parents',
  account: '@account',
  /** The parameter whose values are sent one after the other, a list for each. */
  passes: '@passes',
  /** Nested lists to be completed. */
  complete: '@complete',
  /** A query of Stripe's Search. */
  search: '@search',
} as const;

type Scan = Record<string, Scalar | readonly Scalar[]>;

interface Work {
  readonly scan: Scan;
  /** Which condition each parameter came from. */
  readonly sources: Map<string, Condition>;
  readonly remaining: Filter[];
  readonly parents: (string | undefined)[];
}

export function planStripeList(config: StripeConfig, { entity, filter, sort, columns }: ListRequest): ListPlan {
  const binding = bindingOf(entity);
  requireOperation(binding, 'LIST');
  const parts = conjuncts(filter);
  const account = accountOf(parts, binding, config);
  const base: Scan = account === undefined ? {} : { [CONTROL.account]: account };
  const others = parts.filter((part) => !isAccount(part, binding));
  return planIds(binding, base, others, sort) ?? planScan(config, binding, base, others, sort, columns);
}

function isAccount(part: Filter, binding: Binding): part is Extract<Filter, { readonly kind: 'compare' }> {
  return part.kind === 'compare' && part.field === 'AccountId' && hasAccountColumn(binding);
}

/** Where a parent is an account, its id is a column; there is nothing to override. */
export function hasAccountColumn(binding: Binding): boolean {
  return !binding.parents.some((parent) => parent.spellings.has('accountid'));
}

function accountOf(parts: readonly Filter[], binding: Binding, config: StripeConfig): string | undefined {
  const named = parts.find((part) => isAccount(part, binding));
  if (named === undefined || named.kind !== 'compare') return undefined;
  const account = String(named.value);
  const wrong = config.accountOverride || account === config.accountId ? faultOfAccount(account) : 'the connection does not allow another account (account_override)';
  if (wrong !== undefined) throw invalidFields([{ field: 'AccountId', description: wrong }]);
  return account;
}

const MOST_IDS = 100;

/** Rows asked for by id are read by id, where nothing else but columns is asked. */
function planIds(binding: Binding, base: Scan, parts: readonly Filter[], sort: readonly Sort[]): ListPlan | undefined {
  if (!binding.operations.has('GET') || binding.row.singleton || binding.key === undefined) return undefined;
  if (parts.some((part) => part.kind === 'compare' && binding.filters.pseudo.has(part.field))) return undefined;
  const named = parts.find((part) => ('field' in part && part.field === binding.key && (part.kind === 'in' || (part.kind === 'compare' && part.operator === '='))));
  if (named === undefined) return undefined;
  const values = named.kind === 'in' ? named.values : named.kind === 'compare' ? [named.value] : [];
  const ids = [...new Set(values.filter((value) => value !== null && value !== '').map(String))];
  if (ids.length > MOST_IDS) return undefined;
  return {
    scan: { ...base, [CONTROL.ids]: ids }, remaining: allOf(parts.filter((part) => part !== named)),
    ordered: sort.length === 0 || ids.length <= 1, calls: ids.length,
  };
}

function planScan(config: StripeConfig, binding: Binding, base: Scan, parts: readonly Filter[], sort: readonly Sort[], columns: ListRequest['columns']): ListPlan {
  const work: Work = { scan: { ...base }, sources: new Map(), remaining: [], parents: binding.parents.map(() => undefined) };
  for (const part of parts) take(work, binding, part);
  // A list of values for one parameter is read value by value, if nothing else is read in passes.
  const passes = passesOf(work, binding);
  requireAll(work, binding);
  keepTogether(work, binding);
  const override = overrideOf(binding.row);
  for (const [name, value] of Object.entries({ ...override.defaults, ...(binding.row.singleton ? override.getDefaults : {}) })) {
    work.scan[wireName(name.split('.'))] ??= value;
  }
  if (binding.parents.length > 0) work.scan[CONTROL.parents] = work.parents.map((id) => id ?? '');
  const complete = nestedLists(binding, columns);
  if (complete.length > 0) work.scan[CONTROL.complete] = complete;
  // A list call that filters is better than Search, which lags; one that knows the times alone is not.
  const isFiltered = [...work.sources.keys()].some((name) => !name.startsWith('created'));
  const search = config.searchPushdown && !isFiltered ? searchQuery(binding, parts) : undefined;
  if (search !== undefined) return { scan: { ...base, [CONTROL.search]: search }, remaining: allOf(parts), ordered: sort.length === 0, calls: 'unbounded' };
  return {
    scan: work.scan,
    remaining: allOf(work.remaining),
    ordered: binding.row.singleton || sort.length === 0 || (passes === 1 && isNatural(binding, sort)),
    calls: binding.row.list?.paged === true || complete.length > 0 ? 'unbounded' : passes,
  };
}

function take(work: Work, binding: Binding, part: Filter): void {
  if (part.kind !== 'compare' && part.kind !== 'in') {
    work.remaining.push(part);
    return;
  }
  if (takeParent(work, binding, part)) return;
  const pseudo = binding.filters.pseudo.get(part.field);
  const targets = pseudo === undefined ? binding.filters.columns.get(part.field) ?? [] : [pseudo];
  const column = binding.columns.find(({ name }) => name === part.field);
  for (const target of targets) {
    const pushed = isOccupied(work.scan, target) ? undefined : pushCondition(part, target, column?.property);
    if (pushed === undefined || Object.keys(pushed.parameters).some((name) => clashes(work.scan, name))) continue;
    accept(work, part, pushed);
    return;
  }
  if (pseudo !== undefined) throw invalidFields([{ field: part.field, description: `Stripe does not take this value for ${part.field}` }]);
  work.remaining.push(part);
}

function takeParent(work: Work, binding: Binding, part: Condition): boolean {
  const at = binding.parents.findIndex(({ column }) => column === part.field);
  if (at === -1 || part.kind !== 'compare' || part.operator !== '=' || part.value === null || part.value === '') return false;
  if (work.parents[at] !== undefined) return false;
  work.parents[at] = String(part.value);
  return true;
}

function accept(work: Work, part: Condition, { parameters, settles }: Pushed): void {
  for (const [name, value] of Object.entries(parameters)) {
    work.scan[name] = value;
    work.sources.set(name, part);
  }
  if (!settles) work.remaining.push(part);
}

/** The second value for a parameter stays with us. */
function isOccupied(scan: Scan, { wire, kind }: FilterTarget): boolean {
  return kind !== 'range' && scan[wire] !== undefined;
}

/** A range has one lower and one upper bound, or one value and no bound. */
function clashes(scan: Scan, name: string): boolean {
  const [, stem = name, bound] = /^(.*)\[(gte?|lte?)\]$/.exec(name) ?? [];
  if (bound === undefined) return ['', '[gt]', '[gte]', '[lt]', '[lte]'].some((one) => scan[name + one] !== undefined);
  const side = bound.startsWith('g') ? ['[gt]', '[gte]'] : ['[lt]', '[lte]'];
  return scan[stem] !== undefined || side.some((one) => scan[stem + one] !== undefined);
}

/** How many lists are read one after the other. */
function passesOf(work: Work, binding: Binding): number {
  const { passes } = overrideOf(binding.row);
  if (passes !== undefined && work.scan[passes.parameter] === undefined) {
    work.scan[passes.parameter] = passes.values;
    work.scan[CONTROL.passes] = passes.parameter;
    return passes.values.length;
  }
  return 1;
}

function requireAll(work: Work, binding: Binding): void {
  const missing = listRequires(binding).filter((name) => {
    const at = binding.parents.findIndex(({ column }) => column === name);
    if (at !== -1) return work.parents[at] === undefined;
    return ![...work.sources.values()].some(({ field }) => field === name);
  });
  if (missing.length === 0) return;
  const violations = missing.map((field) => ({ field, description: `List ${binding.row.entity} needs ${field} = '…'` }));
  throw new StatusError('INVALID_ARGUMENT', 'REQUIRED_FILTER', { message: violations.map(({ description }) => description).join('; '), violations });
}

export function listRequires(binding: Binding): readonly string[] {
  return [...binding.parents.map(({ column }) => column), ...binding.filters.required];
}

/** Parameters that Stripe takes only with others are completed where a value implies them, and taken back where it does not. */
function keepTogether(work: Work, binding: Binding): void {
  const { implies = {}, together = {} } = overrideOf(binding.row);
  const wire = (parameter: string): string => wireName(parameter.split('.'));
  for (const [parameter, [implied, value]] of Object.entries(implies)) {
    if (work.scan[wire(parameter)] !== undefined) work.scan[wire(implied)] ??= value;
  }
  for (const [parameter, companions] of Object.entries(together)) {
    if (work.scan[wire(parameter)] === undefined || companions.some((one) => work.scan[wire(one)] !== undefined)) continue;
    delete work.scan[wire(parameter)];
    const source = work.sources.get(wire(parameter));
    if (source !== undefined && !work.remaining.includes(source)) work.remaining.push(source);
  }
}

function nestedLists(binding: Binding, columns: ListRequest['columns']): readonly string[] {
  if (columns === 'all') return [];
  return binding.nestedLists.filter(({ column }) => columns.includes(column)).map(({ path }) => path.join('.'));
}

/** Newest first, by the column that Stripe sorts by. */
function isNatural(binding: Binding, sort: readonly Sort[]): boolean {
  const [first] = sort;
  return sort.length === 1 && first?.direction === 'desc' && binding.newestFirst !== undefined && first.field === binding.newestFirst;
}

/** The bounds of `created` in a plan, in unix seconds, for cutting it into ranges. */
export function createdBounds({ scan }: ListPlan): { readonly from: number; readonly until: number } | undefined {
  const from = scan['created[gte]'] ?? (typeof scan['created[gt]'] === 'number' ? scan['created[gt]'] + 1 : undefined);
  const until = scan['created[lte]'] ?? (typeof scan['created[lt]'] === 'number' ? scan['created[lt]'] - 1 : undefined);
  return typeof from === 'number' && typeof until === 'number' && from <= until ? { from, until } : undefined;
}

/** Ranges of `created` that together are the plan, newest first; the plan itself where it has no two bounds to cut between. */
export function splitStripeList(plan: ListPlan, parts: number): readonly ListPlan[] {
  const bounds = plan.scan[CONTROL.passes] === undefined ? createdBounds(plan) : undefined;
  if (bounds === undefined || parts < 2) return [plan];
  const { 'created[gt]': _gt, 'created[lt]': _lt, ...scan } = plan.scan;
  const seconds = bounds.until - bounds.from + 1;
  const count = Math.min(parts, seconds);
  const edge = (index: number): number => bounds.from + Math.floor((seconds * index) / count);
  return Array.from({ length: count }, (_, index) => count - 1 - index).map((index) => ({
    ...plan, scan: { ...scan, 'created[gte]': edge(index), 'created[lte]': edge(index + 1) - 1 },
  }));
}

