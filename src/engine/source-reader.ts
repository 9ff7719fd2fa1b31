// Reads rows from a session for one list, and counts what that costs. When the budget is spent it says so loudly: an answer
// that ends early without saying so would be a wrong answer.
import { StatusError } from '../errors/status-error.ts';
import { printFilter } from '../filter/print.ts';
import type { Call, ListPlan, Page, Row, Session } from '../spi/connector.ts';
import { SOURCE_PAGE_SIZE, type PlannedList } from './list-plan.ts';
import { pushableFields, tellSourceFilters } from './source-filters.ts';
import { withinCall } from './within-call.ts';

/** What one list may cost. */
export interface ScanBudget {
  /** Rows read from the source, whether or not they belong to the answer. */
  readonly rows: number;
  readonly milliseconds: number;
  readonly calls: number;
}

/** What one list did cost. */
export interface ScanCost {
  readonly calls: number;
  readonly rows: number;
}

/** So many gets run side by side. */
const PARALLEL_GETS = 8;

export class SourceReader {
  private readonly session: Session;
  private readonly call: Call;
  private readonly list: PlannedList;
  private readonly budget: ScanBudget;
  private readonly begin = performance.now();
  private calls = 0;
  private rows = 0;

  constructor(session: Session, call: Call, list: PlannedList, budget: ScanBudget) {
    this.session = session;
    this.call = call;
    this.list = list;
    this.budget = budget;
  }

  get cost(): ScanCost {
    return { calls: this.calls, rows: this.rows };
  }

  async page(plan: ListPlan, cursor: string | undefined, size: number): Promise<Page> {
    this.spend(1);
    const page = await withinCall(this.call, () => this.session.scan(this.call, this.list.entity.name, plan, {
      size: Math.max(1, Math.min(size, SOURCE_PAGE_SIZE, this.budget.rows - this.rows)), ...(cursor === undefined ? {} : { cursor }) }));
    this.rows += page.rows.length;
    return page;
  }

  /** The rows of these ids in their order, some at a time; undefined for an id that has none. */
  async *gets(ids: readonly string[], atMost: () => number): AsyncGenerator<Row | undefined> {
    for (let next = 0; next < ids.length;) {
      const some = ids.slice(next, next + Math.max(1, Math.min(PARALLEL_GETS, atMost())));
      next += some.length;
      this.spend(some.length);
      const rows = await Promise.all(some.map((id) => withinCall(this.call, () => this.find(id))));
      this.rows += some.length;
      yield* rows;
    }
  }

  /** ROW_NOT_FOUND means no row here, and only here: a list of ids that are gone is an empty list. */
  private async find(id: string): Promise<Row | undefined> {
    try {
      return await this.session.get(this.call, this.list.entity.name, id);
    } catch (error) {
      if (error instanceof StatusError && error.reason === 'ROW_NOT_FOUND') return undefined;
      throw error;
    }
  }

  private spend(calls: number): void {
    const milliseconds = performance.now() - this.begin;
    const { budget } = this;
    if (this.calls + calls > budget.calls || this.rows >= budget.rows || (this.calls > 0 && milliseconds >= budget.milliseconds)) throw this.overspent(milliseconds);
    this.calls += calls;
  }

  private overspent(milliseconds: number): StatusError {
    const { entity, route, order, sort, filter } = this.list;
    const remaining = printFilter(route.kind === 'scan' ? route.plan.remaining : filter);
    const work = [...(remaining === '' ? [] : [`the filter ${remaining}`]), ...(order === undefined ? [] : [`the sort by ${sort?.field ?? ''}`])];
    return new StatusError('RESOURCE_EXHAUSTED', 'SCAN_LIMIT', {
      message: `The list of ${entity.name} was given up after ${this.rows} rows, ${this.calls} calls and ${(milliseconds / 1000).toFixed(1)} s`
        + `${work.length === 0 ? '' : `, because ${work.join(' and ')} had to be applied here`}; ${tellSourceFilters(entity)}`,
      metadata: {
        entity: entity.name, rows: String(this.rows), calls: String(this.calls), milliseconds: String(Math.round(milliseconds)),
        pushableFields: pushableFields(entity).map(({ name }) => name).join(','),
      },
    });
  }
}
