// The services of the platform that a project may enable and disable: those that this server has. Both are enabled in a new project.
import { StatusError } from '../errors/status-error.ts';
import type { Project } from './projects.ts';

const TITLES: Readonly<Record<string, string>> = {
  'connectors.googleapis.com': 'Connectors API',
  'secretmanager.googleapis.com': 'Secret Manager API',
};

/** In order of name. */
export const SERVICE_NAMES: readonly string[] = Object.keys(TITLES);

/** A service as Service Usage shows it; named by the project's id, so that the name can be used again. */
export interface ProjectServiceState {
  readonly name: string;
  readonly parent: string;
  readonly config: { readonly name: string; readonly title: string };
  readonly state: 'ENABLED' | 'DISABLED';
}

export function isEnabled({ disabledServices }: Project, service: string): boolean {
  return disabledServices?.includes(service) !== true;
}

/** @throws StatusError NOT_FOUND for a service that is not here. */
export function serviceIn(project: Project, service: string): ProjectServiceState {
  const [title, parent] = [Object.hasOwn(TITLES, service) ? TITLES[service] : undefined, `projects/${project.projectId}`];
  if (title === undefined) {
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', {
      message: `There is no service '${service.slice(0, 100)}' here; there are ${SERVICE_NAMES.join(' and ')}.`, metadata: { resource: `${parent}/services/${service.slice(0, 100)}` },
    });
  }
  return { name: `${parent}/services/${service}`, parent, config: { name: service, title }, state: isEnabled(project, service) ? 'ENABLED' : 'DISABLED' };
}

/** The project with a service enabled or disabled. @throws StatusError NOT_FOUND for a service that is not here. */
export function withService(project: Project, service: string, enabled: boolean): Project {
  serviceIn(project, service);
  const { disabledServices = [], ...rest } = project;
  const others = disabledServices.filter((one) => one !== service);
  const disabled = enabled ? others : [...others, service];
  return disabled.length === 0 ? rest : { ...rest, disabledServices: disabled };
}

/** What a call to a disabled service is told. */
export function serviceDisabled(projectId: string, service: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'SERVICE_DISABLED', {
    message: `${TITLES[service] ?? service} is disabled in project '${projectId}'. Enable it: POST /v1/projects/${projectId}/services/${service}:enable.`,
    metadata: { service, consumer: `projects/${projectId}` },
  });
}
