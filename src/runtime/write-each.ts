// Many rows written, a few side by side. It does not know how one is written.
import { StatusError } from '../errors/status-error.ts';

/** Writes of one request that run side by side. */
const PARALLEL_WRITES = 4;

/** Writes all; at the first failure no further write begins, and the error tells how many rows were written. */
export async function writeEach(ids: readonly string[], write: (id: string) => Promise<unknown>): Promise<number> {
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
