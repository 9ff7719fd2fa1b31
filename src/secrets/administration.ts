// Secrets as Secret Manager manages them: made, changed, given versions, destroyed. Who may do it is asked before; a project whose
// secrets are kept elsewhere is managed there.
import { randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { parseSecretVersion, secretProjectOf, type Secret, type SecretName, type SecretVersion, type SecretVersionInfo, type VersionState } from './model.ts';
import { parsePayload, parseSecret, patchSecret } from './parse.ts';
import type { ProviderChoice } from './providers/provider.ts';
import type { SecretRepository } from './repository.ts';
import type { Seal } from './seal.ts';
import { newVersion } from './service.ts';

export interface SecretAdministration {
  /** @throws StatusError INVALID_ARGUMENT, NOT_FOUND without the project, ALREADY_EXISTS, RESOURCE_EXHAUSTED */
  create(project: string, secretId: string, body: unknown): Promise<Secret>;
  /** @throws StatusError NOT_FOUND */
  get(name: SecretName): Promise<Secret>;
  list(project: string): Promise<readonly Secret[]>;
  /** @throws StatusError INVALID_ARGUMENT, NOT_FOUND, ABORTED where the body names another etag. */
  patch(name: SecretName, updateMask: string, body: unknown): Promise<Secret>;
  /** Removes the secret and all its values. @throws StatusError NOT_FOUND, ABORTED where the etag is another. */
  remove(name: SecretName, etag: string | undefined): Promise<void>;
  /** @throws StatusError INVALID_ARGUMENT, NOT_FOUND, RESOURCE_EXHAUSTED */
  addVersion(secret: SecretName, body: unknown): Promise<SecretVersionInfo>;
  /** @throws StatusError NOT_FOUND */
  getVersion(name: string): Promise<SecretVersionInfo>;
  /** Newest first. */
  listVersions(secret: SecretName): Promise<readonly SecretVersionInfo[]>;
  /** The value. @throws StatusError NOT_FOUND, FAILED_PRECONDITION where the version is not enabled. */
  access(name: string): Promise<{ readonly name: string; readonly data: Uint8Array }>;
  /** Enables, disables or destroys. @throws StatusError NOT_FOUND, FAILED_PRECONDITION where it is destroyed, ABORTED where the etag is another. */
  setState(name: string, state: VersionState, etag: string | undefined): Promise<SecretVersionInfo>;
  /** Whether a secret is there to have a policy; one that is kept elsewhere may be. */
  exists(name: SecretName): Promise<boolean>;
  /** Purges what an earlier process destroyed and did not purge. */
  resume(): Promise<void>;
}

export interface SecretAdministrationParts {
  readonly repository: SecretRepository;
  readonly seal: Seal;
  readonly providers: ProviderChoice;
  /** Told at once of what changed here, so that the next call uses nothing older. */
  readonly forget: (secret: SecretName) => void;
  /** A purge that failed is tried again: in a minute, with the next destruction, at the next start. */
  readonly purgeFailed: (error: unknown) => void;
  readonly limits: { readonly secrets: number; readonly versions: number };
  readonly now: () => Date;
}

const RETRY_MS = 60_000;

export function createSecretAdministration(parts: SecretAdministrationParts): SecretAdministration {
  const { repository, seal, providers, forget, limits, now } = parts;
  const purge = oneAtATime(() => repository.purge());

  function requireHere(project: string): void {
    const provider = providers.of(project);
    if (provider === undefined) return;
    throw new StatusError('FAILED_PRECONDITION', 'SECRETS_ELSEWHERE', {
      message: `The secrets of project '${project}' are kept in ${provider.name}, which is only read here.`, metadata: { resource: `projects/${project}`, provider: provider.name },
    });
  }

  async function find(name: SecretName): Promise<Secret> {
    requireHere(secretProjectOf(name));
    const secret = await repository.findSecret(name);
    if (secret === undefined) throw missing(name);
    return secret;
  }

  async function findVersion(name: string): Promise<SecretVersion> {
    requireHere(secretProjectOf(name));
    const parsed = parseSecretVersion(name);
    const found = parsed && (await repository.find(parsed.secret, parsed.version));
    if (found === undefined) throw missing(name);
    return found;
  }

  const purged = (): Promise<void> => purge().catch((error: unknown) => {
    parts.purgeFailed(error);
    setTimeout(() => void purged(), RETRY_MS).unref();
  });

  return {
    async create(project, secretId, body) {
      requireHere(project);
      const spec = parseSecret(secretId, body);
      if ((await repository.count(project)) >= limits.secrets) throw full(project, limits.secrets);
      const secret: Secret = { name: `projects/${project}/secrets/${secretId}`, createTime: now().toISOString(), etag: randomUUID(), ...spec };
      await repository.insert(secret);
      forget(secret.name);
      return secret;
    },

    get: find,

    async list(project) {
      requireHere(project);
      return repository.list(project);
    },

    async patch(name, updateMask, body) {
      const secret = await find(name);
      const given = typeof body === 'object' && body !== null && 'etag' in body ? body.etag : undefined;
      requireEtag(name, secret.etag, typeof given === 'string' ? given : undefined);
      const changed = { ...patchSecret(secret, updateMask, body), etag: randomUUID() };
      await repository.replace(changed, secret.etag);
      return changed;
    },

    async remove(name, etag) {
      const secret = await find(name);
      requireEtag(name, secret.etag, etag);
      await repository.remove(name, secret.etag);
      forget(name);
      await purged();
    },

    async addVersion(secret, body) {
      await find(secret);
      const { data, checksumGiven } = parsePayload(body);
      const added = await repository.add(secret, limits.versions, (number) => newVersion(seal, secret, number, data, checksumGiven, now()));
      forget(secret);
      return withoutValue(added);
    },

    getVersion: async (name) => withoutValue(await findVersion(name)),

    async listVersions(secret) {
      await find(secret);
      return repository.listVersions(secret);
    },

    async access(name) {
      const found = await findVersion(name);
      if (found.state !== 'ENABLED') throw notIn(found);
      return { name: found.name, data: seal.open(found.sealed, found.name) };
    },

    async setState(name, state, etag) {
      if (name.endsWith('/latest')) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'Name the version by its number: latest may be another by the time that this is done.' });
      const found = withoutValue(await findVersion(name));
      requireEtag(name, found.etag, etag);
      if (found.state === 'DESTROYED') throw notIn(found);
      if (found.state === state) return found;
      const changed = { ...found, state, etag: randomUUID(), ...(state === 'DESTROYED' ? { destroyTime: now().toISOString() } : {}) };
      await repository.setState(changed, found.etag);
      forget(found.secret);
      if (state === 'DESTROYED') await purged();
      return changed;
    },

    exists: async (name) => providers.of(secretProjectOf(name)) !== undefined || (await repository.findSecret(name)) !== undefined,

    async resume() {
      if (await repository.purgePending()) await purged();
    },
  };
}

function withoutValue({ sealed: _sealed, ...info }: SecretVersion): SecretVersionInfo {
  return info;
}

/** Runs work that serves all who ask while it has not begun: those who come while it runs share the next run. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  function start(): Promise<void> {
    const begun = work().finally(() => {
      if (running === begun) running = undefined;
    });
    running = begun;
    return begun;
  }
  return () => {
    if (running === undefined) return start();
    next ??= running.catch(() => undefined).then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}

function requireEtag(name: string, stored: string, given: string | undefined): void {
  if (given === undefined || given === '' || given === stored) return;
  throw new StatusError('ABORTED', 'ETAG_MISMATCH', { message: `The etag is not that of '${name}': it was changed meanwhile.`, metadata: { resource: name } });
}

function notIn({ name, state }: SecretVersionInfo): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'SECRET_UNAVAILABLE', { message: `Secret Version [${name}] is in ${state} state.`, metadata: { resource: name, state } });
}

function missing(name: string): StatusError {
  const what = name.includes('/versions/') ? 'Secret Version' : 'Secret';
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `${what} [${name}] not found.`, metadata: { resource: name } });
}

function full(project: string, most: number): StatusError {
  return new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', {
    message: `Project '${project}' has ${most} secrets, as many as it may have: delete some, or raise KONEKTOR_SECRETS_PER_PROJECT.`, metadata: { resource: `projects/${project}`, limit: String(most) },
  });
}
