// What this source refuses, each with the code and reason that every connector uses for it.
import { invalidFields, StatusError, type FieldViolation } from '../../errors/status-error.ts';
import type { EntityOperation, EntityType } from '../../spi/catalog.ts';
import type { Call } from '../../spi/connector.ts';

export function entityNotFound(entity: string): StatusError {
  return new StatusError('NOT_FOUND', 'ENTITY_TYPE_NOT_FOUND', { message: `There is no entity type ${entity}`, metadata: { entity } });
}

export function actionNotFound(action: string): StatusError {
  return new StatusError('NOT_FOUND', 'ACTION_NOT_FOUND', { message: `There is no action ${action}`, metadata: { action } });
}

export function rowNotFound(entity: string, id: string): StatusError {
  return new StatusError('NOT_FOUND', 'ROW_NOT_FOUND', { message: `${entity} ${id} was not found`, metadata: { entity, id } });
}

export function rowExists(entity: string, id: string): StatusError {
  return new StatusError('ALREADY_EXISTS', 'RESOURCE_EXISTS', { message: `${entity} ${id} is there already`, metadata: { entity, id } });
}

export function keyReused(): StatusError {
  return new StatusError('INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED', { message: 'The idempotency key was used with another request' });
}

export function requireOperation(type: EntityType, operation: EntityOperation): void {
  if (type.operations.includes(operation)) return;
  const message = `${type.name} has no operation ${operation}; it has ${type.operations.join(', ')}`;
  throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message, metadata: { entity: type.name, operation } });
}

/** @throws StatusError INVALID_ARGUMENT with all faults; UNKNOWN_FIELD where one of them is a column that does not exist. */
export function refuseFaults(unknown: readonly FieldViolation[], invalid: readonly FieldViolation[]): void {
  const violations = [...unknown, ...invalid];
  if (violations.length > 0) throw invalidFields(violations, unknown.length > 0 ? 'UNKNOWN_FIELD' : 'INVALID_FIELD');
}

/** A session whose powers have ended is not opened. */
export function requireOpen(signal: AbortSignal): void {
  if (signal.aborted) throw new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The session was ended before it began' });
}

/** A call whose caller left or whose time is up is not begun. */
export function requireTime(call: Call, now: Date): void {
  if (call.signal.aborted) throw new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left' });
  if (now >= call.deadline) throw new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: 'The deadline has passed' });
}
