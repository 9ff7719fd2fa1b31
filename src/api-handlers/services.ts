// What the rows of services do.
import { randomUUID } from 'node:crypto';
import type { Answer, ApiHandlers } from '../api/table.ts';
import { invalidFields } from '../errors/status-error.ts';
import { projectIdOf } from '../iam/projects.ts';
import type { ProjectService } from '../iam/projects-service.ts';
import type { Principal } from '../iam/principal.ts';
import { SERVICE_NAMES } from '../iam/services.ts';
import { listPage } from '../listing/page.ts';

type ServiceHandlers = Pick<ApiHandlers<Principal>, 'services.list' | 'services.get' | 'services.enable' | 'services.disable' | 'services.batchEnable'>;

const FIELDS = { name: 'text', state: 'text' } as const;
const MOST_AT_ONCE = 20;

export function serviceHandlers(projects: ProjectService): ServiceHandlers {
  const set = async (name: string, enabled: boolean, type: string): Promise<Answer<'services.enable'>> => {
    const [service] = await projects.setServices(projectIdOf(name), [idOf(name)], enabled);
    return done(type, { service });
  };
  return {
    'services.list': async (_call, { path, query }) => {
      const services = await Promise.all(SERVICE_NAMES.map((name) => projects.service(projectIdOf(path.project), name)));
      const { items, nextPageToken } = listPage(services, query, { list: `${path.project}/services`, fields: FIELDS, sizes: { usual: 50, most: 200 } });
      return { services: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },
    'services.get': async (_call, { path }) => projects.service(projectIdOf(path.service), idOf(path.service)),
    'services.enable': async (_call, { path }) => set(path.service, true, 'EnableServiceResponse'),
    'services.disable': async (_call, { path }) => set(path.service, false, 'DisableServiceResponse'),
    'services.batchEnable': async (_call, { path, body }) => {
      const ids: unknown = body['serviceIds'];
      const texts = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
      if (!Array.isArray(ids) || texts.length < ids.length || texts.length === 0 || texts.length > MOST_AT_ONCE) {
        throw invalidFields([{ field: 'serviceIds', description: `must be a list of 1 to ${MOST_AT_ONCE} names of services` }], 'INVALID_REQUEST');
      }
      return done('BatchEnableServicesResponse', { services: await projects.setServices(projectIdOf(path.project), texts, true) });
    },
  };
}

function idOf(name: string): string {
  return name.split('/')[3] ?? '';
}

/** An operation that has ended: nothing here takes longer than the call. */
function done(type: string, response: object): Answer<'services.enable'> {
  return { name: `operations/acf.${randomUUID()}`, done: true, response: { '@type': `type.googleapis.com/google.api.serviceusage.v1.${type}`, ...response } };
}
