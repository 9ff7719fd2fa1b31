// What the secrets service needs of a store.
import type { SecretName, SecretVersion } from './model.ts';

export interface SecretRepository {
  /** Adds a secret and its first version together. @throws StatusError ALREADY_EXISTS */
  insert(secret: SecretName, first: SecretVersion): Promise<void>;
  /** Adds a further version. @throws StatusError ALREADY_EXISTS where the number is taken, NOT_FOUND without the secret. */
  add(version: SecretVersion): Promise<void>;
  /** The newest version whatever its state, or the one with this number. */
  find(secret: SecretName, version: number | 'latest'): Promise<SecretVersion | undefined>;
}
