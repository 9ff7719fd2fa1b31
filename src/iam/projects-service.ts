// The life of projects. They are asked for with every call, so they are kept in memory until a change of them is told.
import { randomUUID } from 'node:crypto';
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';
import { fieldsOf } from './fields.ts';
import { newProject, PROJECT_ID, projectMissing, type Project, type ProjectRepository } from './projects.ts';
import { DEFAULT_ACCOUNT_ID, drawUniqueId, serviceAccountEmail } from './service-accounts.ts';
import { isEnabled, serviceDisabled, serviceIn, withService, type ProjectServiceState } from './services.ts';

export interface ProjectService {
  /** @param creator the member who becomes its owner. @throws StatusError INVALID_ARGUMENT, ALREADY_EXISTS, RESOURCE_EXHAUSTED */
  create(body: unknown, creator: string | undefined): Promise<Project>;
  /** Makes a project unless it is there. */
  ensure(projectId: string): Promise<void>;
  /** From memory where it is known. @throws StatusError NOT_FOUND, telling how to create it. */
  get(projectId: string): Promise<Project>;
  /** All of them, in order of id. */
  list(): Promise<readonly Project[]>;
  /** Replaces name and labels. @throws StatusError INVALID_ARGUMENT, NOT_FOUND, ABORTED */
  update(projectId: string, body: unknown): Promise<Project>;
  /** @throws StatusError NOT_FOUND, FAILED_PRECONDITION where it is not empty, ABORTED */
  remove(projectId: string): Promise<void>;
  /** @throws StatusError NOT_FOUND */
  service(projectId: string, service: string): Promise<ProjectServiceState>;
  /** Enables or disables services, all or none of them. @throws StatusError NOT_FOUND */
  setServices(projectId: string, services: readonly string[], enabled: boolean): Promise<readonly ProjectServiceState[]>;
  /** At once where the project is in memory; a project that is not there has nothing disabled. @throws StatusError FAILED_PRECONDITION (SERVICE_DISABLED) */
  requireService(projectId: string, service: string): void | Promise<void>;
  /** A project has changed; undefined: any may have. */
  forget(projectId: string | undefined): void;
}

export interface ProjectServiceParts {
  readonly projects: ProjectRepository;
  readonly mostProjects: number;
  /** Told at once of what changed here, so that the next call of who created a project is let through. */
  readonly policiesChanged: () => void;
  readonly now: () => Date;
}

const MOST_KEPT = 10_000;
const MOST_TRIES = 5;

export function createProjectService({ projects, mostProjects, policiesChanged, now }: ProjectServiceParts): ProjectService {
  const known = new Map<string, Project>();
  let generation = 0;

  function forget(projectId: string | undefined): void {
    generation += 1;
    if (projectId === undefined) known.clear();
    else known.delete(projectId);
  }

  async function load(projectId: string): Promise<Project | undefined> {
    const begun = generation;
    const project = await projects.find(projectId);
    if (project !== undefined && begun === generation) {
      if (known.size >= MOST_KEPT) known.clear();
      known.set(projectId, project);
    }
    return project;
  }

  async function get(projectId: string): Promise<Project> {
    const project = known.get(projectId) ?? (await load(projectId));
    if (project === undefined) throw projectMissing(projectId);
    return project;
  }

  async function add(project: Project, owner: string | undefined): Promise<void> {
    const email = serviceAccountEmail(DEFAULT_ACCOUNT_ID, project.projectId);
    await projects.insert(project, { email, uniqueId: drawUniqueId() }, owner);
    forget(project.projectId);
    policiesChanged();
  }

  /** Changes what is stored; where someone else changed it meanwhile, what they stored. */
  async function change(projectId: string, make: (project: Project) => Project): Promise<Project> {
    for (let tries = 1; ; tries += 1) {
      const stored = await projects.find(projectId);
      if (stored === undefined) throw projectMissing(projectId);
      const changed = { ...make(stored), etag: randomUUID() };
      try {
        await projects.replace(changed, stored.etag);
        forget(projectId);
        return changed;
      } catch (error) {
        if (!(error instanceof StatusError) || error.code !== 'ABORTED' || tries >= MOST_TRIES) throw error;
      }
    }
  }

  function requireEnabled(project: Project | undefined, service: string): void {
    if (project !== undefined && !isEnabled(project, service)) throw serviceDisabled(project.projectId, service);
  }

  return {
    async create(body, creator) {
      const { projectId, name, labels } = parseProject(body, true);
      if ((await projects.list()).length >= mostProjects) throw full(mostProjects);
      const project = newProject(projectId, name, labels, now());
      await add(project, creator);
      return project;
    },
    async ensure(projectId) {
      if ((await projects.find(projectId)) !== undefined) return;
      await add(newProject(projectId, projectId, undefined, now()), undefined).catch((error: unknown) => {
        if (!(error instanceof StatusError) || error.code !== 'ALREADY_EXISTS') throw error;
      });
    },
    get,
    list: () => projects.list(),
    update(projectId, body) {
      const { name, labels } = parseProject(body, false);
      return change(projectId, ({ labels: _labels, ...rest }) => ({ ...rest, name: name || rest.name, ...(labels === undefined ? {} : { labels }) }));
    },
    async remove(projectId) {
      const project = await projects.find(projectId);
      if (project === undefined) throw projectMissing(projectId);
      await projects.remove(project);
      forget(projectId);
      policiesChanged();
    },
    service: async (projectId, service) => serviceIn(await get(projectId), service),
    async setServices(projectId, services, enabled) {
      const changed = await change(projectId, (project) => services.reduce((one, service) => withService(one, service, enabled), project));
      return services.map((service) => serviceIn(changed, service));
    },
    requireService(projectId, service) {
      const project = known.get(projectId);
      if (project === undefined) return load(projectId).then((found) => requireEnabled(found, service));
      return requireEnabled(project, service);
    },
    forget,
  };
}

const LONGEST_NAME = 64;
const MOST_LABELS = 64;

function parseProject(body: unknown, isNew: boolean): { readonly projectId: string; readonly name: string; readonly labels: Readonly<Record<string, string>> | undefined } {
  const faults: FieldViolation[] = [];
  const input = fieldsOf(body);
  const labels = input['labels'];
  const projectId = textOf(input['projectId']) ?? '';
  if (isNew && !PROJECT_ID.test(projectId)) {
    faults.push({ field: 'projectId', description: 'must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters' });
  }
  const name = textOf(input['name'] ?? '');
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  if (name === undefined || name.length > LONGEST_NAME || /[\u0000-\u001f\u007f]/.test(name)) faults.push({ field: 'name', description: `must be text of at most ${LONGEST_NAME} characters` });
  if (input['parent'] !== undefined && input['parent'] !== null) faults.push({ field: 'parent', description: 'is not served: there are no organizations and folders here' });
  const pairs = Object.entries(fieldsOf(labels ?? {}));
  if (typeof (labels ?? {}) !== 'object' || Array.isArray(labels) || pairs.length > MOST_LABELS) faults.push({ field: 'labels', description: `must be an object of at most ${MOST_LABELS} labels` });
  for (const [key, value] of pairs.slice(0, MOST_LABELS)) {
    if (/^[a-z][a-z0-9_-]{0,62}$/.test(key) && typeof value === 'string' && /^[a-z0-9_-]{0,63}$/.test(value)) continue;
    faults.push({ field: `labels.${key.slice(0, 63)}`, description: 'keys begin with a lower-case letter; keys and values have at most 63 lower-case letters, digits, underscores and hyphens' });
  }
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  const texts = Object.fromEntries(pairs.map(([key, value]) => [key, String(value)]));
  return { projectId, name: name || (isNew ? projectId : ''), labels: pairs.length === 0 ? undefined : texts };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function full(most: number): StatusError {
  return new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', { message: `There are ${most} projects, as many as there may be: delete some, or raise KONEKTOR_MOST_PROJECTS.`, metadata: { limit: String(most) } });
}
