// What the rows of service accounts do.
import type { Answer, ApiHandlers } from '../api/table.ts';
import { projectIdOf } from '../iam/projects.ts';
import type { ProjectService } from '../iam/projects-service.ts';
import type { Principal } from '../iam/principal.ts';
import type { ServiceAccount } from '../iam/service-accounts.ts';
import type { ServiceAccountService } from '../iam/service-accounts-service.ts';
import { listPage } from '../listing/page.ts';

type Handlers = Pick<ApiHandlers<Principal>,
  'serviceAccounts.create' | 'serviceAccounts.list' | 'serviceAccounts.get' | 'serviceAccounts.patch' | 'serviceAccounts.enable' | 'serviceAccounts.disable' | 'serviceAccounts.delete'>;

const SIZES = { usual: 20, most: 100 } as const;

export function serviceAccountHandlers(accounts: ServiceAccountService, projects: Pick<ProjectService, 'get'>): Handlers {
  return {
    'serviceAccounts.create': async (_call, { path, body }) => shown(await accounts.create(projectIdOf(path.project), body)),
    'serviceAccounts.list': async (_call, { path, query }) => {
      const { projectId } = await projects.get(projectIdOf(path.project));
      const all = await accounts.list(projectId);
      const { items, nextPageToken } = listPage(all, query, { list: `${path.project}/serviceAccounts`, fields: { email: 'text' }, unique: 'email', sizes: SIZES });
      return { accounts: items.map(shown), ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },
    'serviceAccounts.get': async (_call, { path }) => shown(await accounts.get(path.serviceAccount)),
    'serviceAccounts.patch': async (_call, { path, body }) => shown(await accounts.patch(path.serviceAccount, body)),
    'serviceAccounts.enable': async (_call, { path }) => {
      await accounts.setDisabled(path.serviceAccount, false);
      return {};
    },
    'serviceAccounts.disable': async (_call, { path }) => {
      await accounts.setDisabled(path.serviceAccount, true);
      return {};
    },
    'serviceAccounts.delete': async (_call, { path }) => {
      await accounts.remove(path.serviceAccount);
      return {};
    },
  };
}

/** An account as IAM shows it: what is empty or false is left out. */
function shown({ email, project, uniqueId, displayName, description, disabled }: ServiceAccount): Answer<'serviceAccounts.get'> {
  return {
    name: `projects/${project}/serviceAccounts/${email}`, projectId: project, uniqueId, email,
    ...(displayName === '' ? {} : { displayName }), ...(description === '' ? {} : { description }), oauth2ClientId: uniqueId, ...(disabled ? { disabled } : {}),
  };
}
