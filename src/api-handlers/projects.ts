// What the rows of projects do.
import { randomUUID } from 'node:crypto';
import type { ApiHandlers } from '../api/table.ts';
import { projectIdOf, type Project } from '../iam/projects.ts';
import type { ProjectService } from '../iam/projects-service.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';

type ProjectHandlers = Pick<ApiHandlers<Principal>, 'projects.create' | 'projects.list' | 'projects.get' | 'projects.update' | 'projects.delete'>;

const FIELDS = { projectId: 'text', id: 'text', name: 'text', labels: 'map', createTime: 'time', lifecycleState: 'text', projectNumber: 'text' } as const;
const SPEC = { list: 'projects', fields: FIELDS, unique: 'projectId', sizes: { usual: 500, most: 1_000 } } as const;
const PROJECT_TYPE = 'type.googleapis.com/google.cloudresourcemanager.v1.Project';

/** @param maySee whether a caller may get a project. */
export function projectHandlers(projects: ProjectService, maySee: (principal: Principal, project: string) => boolean | Promise<boolean>): ProjectHandlers {
  return {
    'projects.create': async ({ principal }, { body }) => {
      // The administrator's token is nobody's name, and may do everything without being an owner.
      const project = await projects.create(body, principal.id.includes(':') ? principal.id : undefined);
      return { name: `operations/cp.${project.projectNumber}.${randomUUID()}`, done: true, response: { '@type': PROJECT_TYPE, ...shownProject(project) } };
    },
    'projects.list': async ({ principal }, { query }) => {
      const all = await projects.list();
      const seen = await Promise.all(all.map(async ({ projectId }) => maySee(principal, `projects/${projectId}`)));
      // Filters may call the id by its short name, as the platform's do.
      const shown = all.filter((_project, index) => seen[index] === true).map((project) => ({ ...shownProject(project), id: project.projectId }));
      const { items, nextPageToken } = listPage(shown, query, SPEC);
      return { projects: items.map(({ id: _id, ...project }) => project), ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },
    'projects.get': async (_call, { path }) => shownProject(await projects.get(projectIdOf(path.project))),
    'projects.update': async (_call, { path, body }) => shownProject(await projects.update(projectIdOf(path.project), body)),
    'projects.delete': async (_call, { path }) => {
      await projects.remove(projectIdOf(path.project));
      return {};
    },
  };
}

/** A project as Resource Manager shows it. */
function shownProject({ etag: _etag, disabledServices: _disabledServices, ...project }: Project): Omit<Project, 'etag' | 'disabledServices'> {
  return project;
}
