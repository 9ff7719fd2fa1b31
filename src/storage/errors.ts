// From what the databases say to what the ports promise.
import { StatusError } from '../errors/status-error.ts';

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

function sqlState(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Runs a write on a resource; a taken name is ALREADY_EXISTS, a missing owner NOT_FOUND. */
export async function onResource<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) {
      throw new StatusError('ALREADY_EXISTS', 'RESOURCE_EXISTS', { message: `Resource '${name}' already exists`, metadata: { resource: name } });
    }
    if (sqlState(error) === FOREIGN_KEY_VIOLATION) {
      throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `What '${name}' belongs to was not found`, metadata: { resource: name } });
    }
    throw error;
  }
}

/** ABORTED: what was to be changed had changed already. */
export function moved(name: string): StatusError {
  return new StatusError('ABORTED', 'ETAG_MISMATCH', { message: `Resource '${name}' was changed by someone else meanwhile`, metadata: { resource: name } });
}
