// Secrets and their values. The only place that sees a value in clear; opened values are kept in memory, so that a read
// of Stripe never waits for the store.
import { StatusError } from '../errors/status-error.ts';
import { parseSecretVersion, type SecretName, type SecretVersion } from './model.ts';
import type { SecretRepository } from './repository.ts';
import type { Seal } from './seal.ts';

/** Gives the value of a secret version at the moment of use. @throws StatusError FAILED_PRECONDITION */
export interface SecretResolver {
  resolve(version: string): Promise<string>;
}

export interface SecretService extends SecretResolver {
  /** Creates a secret with a first version, and gives the version's name. */
  create(secret: SecretName, value: string): Promise<string>;
  /** Adds a version, and gives its name. */
  addVersion(secret: SecretName, value: string): Promise<string>;
}

export function createSecretService(repository: SecretRepository, seal: Seal, now: () => Date): SecretService {
  const opened = new Map<string, string>();
  let generation = 0;

  function version(secret: SecretName, number: number, value: string): SecretVersion {
    const name = `${secret}/versions/${number}`;
    return { name, secret, number, state: 'ENABLED', sealed: seal.seal(value, name), createTime: now().toISOString() };
  }

  async function read(name: string): Promise<string> {
    const parsed = parseSecretVersion(name);
    if (parsed === undefined) {
      throw unavailable(`What the connection names as its key is no secret version; write projects/{project}/secrets/{secret}/versions/{version}.`);
    }
    const found = await repository.find(parsed.secret, parsed.version);
    if (found === undefined) throw unavailable(`Secret version ${name} was not found.`);
    if (found.state !== 'ENABLED') throw unavailable(`Secret version ${found.name} is ${found.state}.`);
    return seal.open(found.sealed, found.name);
  }

  return {
    async create(secret, value) {
      const first = version(secret, 1, value);
      await repository.insert(secret, first);
      return first.name;
    },

    async addVersion(secret, value) {
      const newest = await repository.find(secret, 'latest');
      const next = version(secret, (newest?.number ?? 0) + 1, value);
      await repository.add(next);
      generation += 1;
      opened.delete(`${secret}/versions/latest`);
      return next.name;
    },

    async resolve(name) {
      const known = opened.get(name);
      if (known !== undefined) return known;
      const begun = generation;
      const value = await read(name);
      // A version that was added meanwhile makes what was read the last but one.
      if (begun === generation) opened.set(name, value);
      return value;
    },
  };
}

function unavailable(message: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'SECRET_UNAVAILABLE', { message });
}
