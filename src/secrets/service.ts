// The values of secrets, at the moment of use. Values that were read are kept in memory, so that a read of Stripe never waits
// for the store: what is kept here until a change of its secret is told, what is kept elsewhere for a bounded time.
import { randomUUID } from 'node:crypto';
import { parseSecretVersion, secretProjectOf, type Secret, type SecretName, type SecretVersion } from './model.ts';
import { unavailable, type ProviderChoice, type SecretProvider } from './providers/provider.ts';
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
  /** Whether a project's secrets are only read here. */
  keptElsewhere(project: string): boolean;
  /** Forgets the values of a secret that has changed; undefined: any may have. */
  forget(secret: SecretName | undefined): void;
}

export interface SecretServiceParts {
  readonly repository: SecretRepository;
  readonly seal: Seal;
  readonly now: () => Date;
  /** Which projects keep their secrets elsewhere; none where absent. */
  readonly providers?: ProviderChoice;
  /** How long a value from elsewhere is used before it is read again. */
  readonly refreshMs?: number;
  readonly mostVersions?: number;
}

interface Kept {
  readonly secret: SecretName;
  readonly value: string;
  /** By `Date.now()`. */
  readonly until: number;
}

const MOST_KEPT = 10_000;
export const MOST_VERSIONS = 10_000;

export function createSecretService(parts: SecretServiceParts): SecretService {
  const { repository, seal, now, providers, refreshMs = 60_000, mostVersions = MOST_VERSIONS } = parts;
  const embedded = embeddedProvider(repository, seal);
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<string>>();
  /** Counts what was forgotten, so that a read that began before is not remembered after. */
  let generation = 0;

  function forget(secret: SecretName | undefined): void {
    generation += 1;
    reading.clear();
    for (const [name, one] of kept) if (secret === undefined || one.secret === secret) kept.delete(name);
  }

  async function read(name: string): Promise<string> {
    const parsed = parseSecretVersion(name);
    if (parsed === undefined) {
      throw unavailable('What the connection names as its key is no secret version; write projects/{project}/secrets/{secret}/versions/{version}.');
    }
    const begun = generation;
    const elsewhere = providers?.of(secretProjectOf(name));
    const value = Buffer.from(await (elsewhere ?? embedded).read(parsed.secret, parsed.version)).toString('utf8');
    // A version that was added or disabled meanwhile makes what was read old.
    if (begun === generation) {
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(name, { secret: parsed.secret, value, until: elsewhere === undefined ? Infinity : Date.now() + refreshMs });
    }
    return value;
  }

  return {
    async create(name, value) {
      const at = now().toISOString();
      const secret: Secret = { name, createTime: at, etag: randomUUID(), replication: { automatic: {} } };
      const first = newVersion(seal, name, 1, value, false, now());
      await repository.insert(secret, first);
      forget(name);
      return first.name;
    },

    async addVersion(secret, value) {
      const added = await repository.add(secret, mostVersions, (number) => newVersion(seal, secret, number, value, false, now()));
      forget(secret);
      return added.name;
    },

    resolve(name) {
      const known = kept.get(name);
      if (known !== undefined && Date.now() < known.until) return Promise.resolve(known.value);
      const running = reading.get(name);
      if (running !== undefined) return running;
      const started = read(name).finally(() => {
        if (reading.get(name) === started) reading.delete(name);
      });
      reading.set(name, started);
      return started;
    },

    keptElsewhere: (project) => providers?.of(project) !== undefined,

    forget,
  };
}

/** A version with its value sealed under its name. */
export function newVersion(seal: Seal, secret: SecretName, number: number, value: string | Uint8Array, checksumGiven: boolean, now: Date): SecretVersion {
  const name = `${secret}/versions/${number}`;
  return { name, secret, number, state: 'ENABLED', sealed: seal.seal(value, name), createTime: now.toISOString(), etag: randomUUID(), checksumGiven };
}

function embeddedProvider(repository: SecretRepository, seal: Seal): SecretProvider {
  return {
    name: 'embedded',
    async read(secret, version) {
      const found = await repository.find(secret, version);
      if (found === undefined) throw unavailable(`Secret version ${secret}/versions/${version} was not found.`);
      if (found.state !== 'ENABLED') throw unavailable(`Secret version ${found.name} is ${found.state}.`);
      return seal.open(found.sealed, found.name);
    },
  };
}
