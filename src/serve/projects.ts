// Projects, service accounts and secrets put together: what keeps them, what manages them, and the rows that show them.
import { projectHandlers } from '../api-handlers/projects.ts';
import { roleHandlers } from '../api-handlers/roles.ts';
import { secretHandlers } from '../api-handlers/secrets.ts';
import { serviceAccountHandlers } from '../api-handlers/service-accounts.ts';
import { serviceHandlers } from '../api-handlers/services.ts';
import { SERVICES, type ServiceName } from '../api/operation.ts';
import type { Authorizer } from '../iam/authorize.ts';
import type { Principal } from '../iam/principal.ts';
import { projectIdOf } from '../iam/projects.ts';
import { createProjectService, type ProjectService } from '../iam/projects-service.ts';
import type { ServiceAccountRepository } from '../iam/service-accounts.ts';
import { createServiceAccountService } from '../iam/service-accounts-service.ts';
import type { Observe } from '../observe/events.ts';
import { createSecretAdministration, type SecretAdministration } from '../secrets/administration.ts';
import { createProviderChoice } from '../secrets/providers/choice.ts';
import { createSeal } from '../secrets/seal.ts';
import { createSecretService, type SecretService } from '../secrets/service.ts';
import type { Settings } from '../settings.ts';
import type { Database } from '../storage/database.ts';
import { createProjectRepository } from '../storage/project-repository.ts';
import { createSecretRepository } from '../storage/secret-repository.ts';
import { createServiceAccountRepository } from '../storage/service-account-repository.ts';
import type { TakeDown } from './compose.ts';

type Handlers = ReturnType<typeof projectHandlers> & ReturnType<typeof serviceHandlers> & ReturnType<typeof serviceAccountHandlers> & ReturnType<typeof secretHandlers> & ReturnType<typeof roleHandlers>;

export interface ComposedProjects {
  readonly projects: ProjectService;
  readonly serviceAccounts: ServiceAccountRepository;
  /** The values, for connections and the first start. */
  readonly secrets: SecretService;
  readonly administration: SecretAdministration;
  readonly handlers: Handlers;
  /** For the guard. @throws StatusError FAILED_PRECONDITION (SERVICE_DISABLED) */
  readonly requireService: (resource: string, service: ServiceName) => void | Promise<void>;
}

export interface ProjectsParts {
  readonly database: Pick<Database, 'db' | 'kind' | 'changes'>;
  readonly settings: Settings;
  readonly masterKey: Uint8Array;
  readonly authorizer: Pick<Authorizer, 'allowed' | 'forget'>;
  readonly accountsChanged: () => void;
  readonly observe: Observe;
  readonly now: () => Date;
  readonly takeDowns: TakeDown[];
}

/** Also makes the projects that the settings name, and purges what was left to be purged. */
export async function composeProjects({ database, settings, masterKey, authorizer, accountsChanged, observe, now, takeDowns }: ProjectsParts): Promise<ComposedProjects> {
  const projects = createProjectService({ projects: createProjectRepository(database.db), mostProjects: settings.mostProjects, policiesChanged: () => authorizer.forget(undefined), now });
  database.changes.on('project', (id) => projects.forget(id));

  const repository = createSecretRepository(database.db, database.kind);
  const seal = createSeal(masterKey);
  const providers = createProviderChoice(settings.secretProviders, process.env);
  takeDowns.push(() => providers.close());
  const secrets = createSecretService({ repository, seal, providers, refreshMs: settings.secretRefreshSeconds * 1_000, mostVersions: settings.mostSecretVersions, now });
  database.changes.on('secret', (secret) => secrets.forget(secret));
  const administration = createSecretAdministration({
    repository, seal, providers, forget: (secret) => secrets.forget(secret), now, limits: { secrets: settings.mostSecrets, versions: settings.mostSecretVersions },
    purgeFailed: (error) => observe({ kind: 'fault', requestId: 'secret-purge', error }),
  });

  const serviceAccounts = createServiceAccountRepository(database.db);
  const accounts = createServiceAccountService({ accounts: serviceAccounts, mostAccounts: settings.mostServiceAccounts, changed: accountsChanged, now });
  const maySee = (principal: Principal, project: string): boolean | Promise<boolean> => authorizer.allowed(principal, 'resourcemanager.projects.get', project);

  await administration.resume();
  for (const project of settings.projects) await projects.ensure(project);
  return {
    projects, serviceAccounts, secrets, administration,
    handlers: { ...projectHandlers(projects, maySee), ...serviceHandlers(projects), ...serviceAccountHandlers(accounts, projects), ...secretHandlers(administration, projects), ...roleHandlers() },
    requireService: (resource, service) => projects.requireService(projectIdOf(resource), SERVICES[service]),
  };
}
