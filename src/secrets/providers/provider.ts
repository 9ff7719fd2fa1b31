// Where a project's secrets are kept: here, or in a place that is only read. One port for all of them.
import { StatusError } from '../../errors/status-error.ts';
import type { SecretName } from '../model.ts';

export interface SecretProvider {
  /** As errors and the log call it: `google`, `env:LAB_`. Never a value. */
  readonly name: string;
  /** The value of a version. @throws StatusError FAILED_PRECONDITION (SECRET_UNAVAILABLE), UNAVAILABLE */
  read(secret: SecretName, version: number | 'latest'): Promise<Uint8Array>;
}

export interface ProviderChoice {
  /** Where the secrets of a project are kept; undefined is here. */
  of(project: string): SecretProvider | undefined;
  close(): Promise<void>;
}

export const MOST_VALUE_BYTES = 64 * 1024;

export function secretIdOf(secret: SecretName): string {
  return secret.split('/')[3] ?? '';
}

export function unavailable(message: string, cause?: unknown): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'SECRET_UNAVAILABLE', { message, ...(cause === undefined ? {} : { cause }) });
}
