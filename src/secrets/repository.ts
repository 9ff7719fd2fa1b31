// What secrets need of a store. Every change of a secret or a version is told to all processes when it is stored.
import type { Secret, SecretName, SecretVersion, SecretVersionInfo } from './model.ts';

export interface SecretRepository {
  /** Adds a secret, with a first version where one is given. @throws StatusError ALREADY_EXISTS, NOT_FOUND without the project. */
  insert(secret: Secret, first?: SecretVersion): Promise<void>;
  findSecret(name: SecretName): Promise<Secret | undefined>;
  /** All of a project; a setting bounds how many there are. */
  list(project: string): Promise<readonly Secret[]>;
  count(project: string): Promise<number>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  replace(secret: Secret, expectedEtag: string): Promise<void>;
  /** Removes a secret with its versions and its policy. @throws StatusError ABORTED where the stored etag is another. */
  remove(name: SecretName, expectedEtag: string): Promise<void>;

  /** Adds the version that `make` gives for the next number. @throws StatusError NOT_FOUND without the secret. */
  add(secret: SecretName, mostVersions: number, make: (number: number) => SecretVersion): Promise<SecretVersion>;
  /** The newest version whatever its state, or the one with this number. */
  find(secret: SecretName, version: number | 'latest'): Promise<SecretVersion | undefined>;
  /** All of a secret, newest first. */
  listVersions(secret: SecretName): Promise<readonly SecretVersionInfo[]>;
  /** Changes the state of a version; a destroyed one loses its value. @throws StatusError ABORTED where the stored etag is another. */
  setState(version: SecretVersionInfo, expectedEtag: string): Promise<void>;

  /** Makes what was destroyed unreadable on the disk, as far as the database lets us. */
  purge(): Promise<void>;
  /** Whether something was destroyed and not purged, since the process died between. */
  purgePending(): Promise<boolean>;
}
