// Projects: what everything else belongs to. Nothing can be made in a project that does not exist, so that a mistyped name is
// told instead of becoming a place of its own.
import { randomInt, randomUUID } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';

export interface Project {
  /** 12 digits, never used twice. */
  readonly projectNumber: string;
  readonly projectId: string;
  readonly lifecycleState: 'ACTIVE';
  /** What people call it. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly createTime: string;
  /** Services that were disabled in it: `secretmanager.googleapis.com`, …; all others are enabled. */
  readonly disabledServices?: readonly string[];
  readonly etag: string;
}

export interface ProjectRepository {
  find(projectId: string): Promise<Project | undefined>;
  /** All of them, in order of id; A setting bounds how many there are. */
  list(): Promise<readonly Project[]>;
  /** Adds a project with its first service account, and makes a member its owner. @throws StatusError ALREADY_EXISTS */
  insert(project: Project, first: { readonly email: string; readonly uniqueId: string }, owner: string | undefined): Promise<void>;
  /** @throws StatusError ABORTED where the stored etag is another. */
  replace(project: Project, expectedEtag: string): Promise<void>;
  /**
   * Removes a project with its service accounts and policies.
   * @throws StatusError ABORTED where the stored etag is another, FAILED_PRECONDITION where it has connections or secrets.
   */
  remove(project: Project): Promise<void>;
}

/** The platform wants 6 to 30 characters; shorter and longer ones, up to 63, are taken here. */
export const PROJECT_ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function newProject(projectId: string, name: string, labels: Project['labels'], now: Date): Project {
  return {
    projectNumber: String(randomInt(100_000_000_000, 200_000_000_000)), projectId, lifecycleState: 'ACTIVE', name,
    ...(labels === undefined ? {} : { labels }), createTime: now.toISOString(), etag: randomUUID(),
  };
}

/** The id in the name of whatever lies in a project. */
export function projectIdOf(resource: string): string {
  return resource.split('/')[1] ?? '';
}

/** NOT_FOUND, telling how a project is made. */
export function projectMissing(projectId: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', {
    message: `Project '${projectId}' does not exist. Create it first: POST /v1/projects with {"projectId": "${projectId}"}.`,
    metadata: { resource: `projects/${projectId}` },
  });
}
