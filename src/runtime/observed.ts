// Tells of every transaction how it ended and how long it took: around the runtimes of entities and actions, and outside of
// whatever makes them wait. What is told holds listed names alone, never one that a caller made up.
import { StatusError } from '../errors/status-error.ts';
import type { Observe, TransactionKind } from '../observe/events.ts';
import type { ActionRuntime } from './actions.ts';
import type { Caller } from './caller.ts';
import type { CatalogIndex } from './catalog-index.ts';
import type { EntityRuntime } from './entities.ts';
import type { Opener } from './opened.ts';

interface Wanted {
  readonly connection: string;
  readonly operation: TransactionKind;
  /** As the caller wrote it. */
  readonly target: string;
}

/** What an answer tells of itself. */
interface Answered {
  readonly listed?: string;
  readonly rows: number;
}

type Tell = <T>(caller: Caller, wanted: Wanted, work: Promise<T>, answered: (answer: T) => Answered) => Promise<T>;

const oneOf = ({ entity }: { readonly entity: string }): Answered => ({ listed: entity, rows: 1 });

/** The same runtime, observed. */
export function observeEntities(entities: EntityRuntime, opener: Pick<Opener, 'open'>, observe: Observe): EntityRuntime {
  const tell = createTell(opener, observe);
  const of = (operation: TransactionKind, connection: string, target: string): Wanted => ({ connection, operation, target });
  return {
    list: (connection, caller, input) => tell(caller, of('LIST', connection, input.entity), entities.list(connection, caller, input), ({ entity, rows }) => ({ listed: entity, rows: rows.length })),
    explain: (connection, input) => entities.explain(connection, input),
    get: (connection, caller, entity, id) => tell(caller, of('GET', connection, entity), entities.get(connection, caller, entity, id), oneOf),
    create: (connection, caller, entity, row) => tell(caller, of('CREATE', connection, entity), entities.create(connection, caller, entity, row), oneOf),
    update: (connection, caller, entity, id, patch) => tell(caller, of('UPDATE', connection, entity), entities.update(connection, caller, entity, id, patch), oneOf),
    delete: (connection, caller, entity, id) => tell(caller, of('DELETE', connection, entity), entities.delete(connection, caller, entity, id), () => ({ rows: 1 })),
    updateWhere: (connection, caller, entity, conditions, patch) => tell(caller, of('UPDATE', connection, entity), entities.updateWhere(connection, caller, entity, conditions, patch), (rows) => ({ rows })),
    deleteWhere: (connection, caller, entity, conditions) => tell(caller, of('DELETE', connection, entity), entities.deleteWhere(connection, caller, entity, conditions), (rows) => ({ rows })),
  };
}

/** The same runtime, observed. */
export function observeActions(actions: ActionRuntime, opener: Pick<Opener, 'open'>, observe: Observe): ActionRuntime {
  const tell = createTell(opener, observe);
  return { execute: (connection, caller, action, input) => tell(caller, { connection, operation: 'EXECUTE', target: action }, actions.execute(connection, caller, action, input), (rows) => ({ rows: rows.length })) };
}

function createTell(opener: Pick<Opener, 'open'>, observe: Observe): Tell {
  async function end(caller: Caller, wanted: Wanted, started: number, failure: StatusError | undefined, answered: Answered | undefined): Promise<void> {
    const milliseconds = performance.now() - started;
    // The connection was just found missing: looking for its catalogue would ask the database again.
    if (failure?.reason === 'RESOURCE_NOT_FOUND' && failure.metadata['resource'] === wanted.connection) return;
    const target = answered?.listed ?? (await listedName(opener, wanted));
    if (target === undefined) return;
    const { connection, operation } = wanted;
    observe({ kind: 'transaction', requestId: caller.requestId, connection, operation, target, code: failure?.code ?? 'OK', reason: failure?.reason ?? '', milliseconds, ...(answered === undefined ? {} : { rows: answered.rows }), ...(failure === undefined ? {} : { error: withoutValues(failure) }) });
  }

  return async (caller, wanted, work, answered) => {
    const started = performance.now();
    try {
      const answer = await work;
      void end(caller, wanted, started, undefined, answered(answer));
      return answer;
    } catch (error) {
      void end(caller, wanted, started, error instanceof StatusError ? error : INTERNAL, undefined);
      throw error;
    }
  };
}

/** What was wrong, field by field, without the values that the caller gave. */
function withoutValues({ message, violations }: StatusError): string {
  if (violations.length === 0) return message;
  return violations.map(({ field, description }) => `${field}: ${description.replace(/, not .*$/s, '')}`).join('; ');
}

const INTERNAL = new StatusError('INTERNAL', 'INTERNAL', { message: '' });

/** The listed name of what was wanted; '' where there is none, undefined where there is no such connection. */
async function listedName(opener: Pick<Opener, 'open'>, { connection, operation, target }: Wanted): Promise<string | undefined> {
  try {
    const { catalog } = await opener.open(connection);
    return nameIn(catalog, operation, target);
  } catch (error) {
    return error instanceof StatusError && error.reason !== 'RESOURCE_NOT_FOUND' && error.reason !== 'DATABASE_UNAVAILABLE' ? '' : undefined;
  }
}

function nameIn(catalog: CatalogIndex, operation: TransactionKind, target: string): string {
  try {
    return (operation === 'EXECUTE' ? catalog.action(target) : catalog.entity(target)).name;
  } catch {
    return '';
  }
}
