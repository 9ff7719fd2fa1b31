// What the rows of secrets and their versions do.
import type { Answer, ApiHandlers } from '../api/table.ts';
import { projectIdOf } from '../iam/projects.ts';
import type { ProjectService } from '../iam/projects-service.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage, type ListRequest, type ListSpec } from '../listing/page.ts';
import type { SecretAdministration } from '../secrets/administration.ts';
import { crc32c } from '../secrets/crc32c.ts';
import type { SecretVersionInfo, VersionState } from '../secrets/model.ts';

type Handlers = Pick<ApiHandlers<Principal>,
  'secrets.create' | 'secrets.list' | 'secrets.get' | 'secrets.patch' | 'secrets.delete' | 'secrets.addVersion'
  | 'secretVersions.list' | 'secretVersions.get' | 'secretVersions.access' | 'secretVersions.enable' | 'secretVersions.disable' | 'secretVersions.destroy'>;

const SIZES = { usual: 100, most: 25_000 } as const;
const SECRET_FIELDS = { name: 'text', labels: 'map', annotations: 'map', createTime: 'time' } as const;
const VERSION_FIELDS = { number: 'number', name: 'text', state: 'text', createTime: 'time' } as const;

export function secretHandlers(secrets: SecretAdministration, projects: Pick<ProjectService, 'get'>): Handlers {
  const setState = async (name: string, state: VersionState, { etag }: Readonly<Record<string, unknown>>): Promise<Answer<'secretVersions.get'>> =>
    shownVersion(await secrets.setState(name, state, typeof etag === 'string' ? etag : undefined));
  return {
    'secrets.create': async (_call, { path, query, body }) => secrets.create(projectIdOf(path.project), query.secretId, body),
    'secrets.list': async (_call, { path, query }) => {
      const { projectId } = await projects.get(projectIdOf(path.project));
      const { items, ...rest } = pageOf(await secrets.list(projectId), query, { list: `${path.project}/secrets`, fields: SECRET_FIELDS, order: 'createTime desc', sizes: SIZES });
      return { secrets: items, ...rest };
    },
    'secrets.get': async (_call, { path }) => secrets.get(path.secret),
    'secrets.patch': async (_call, { path, query, body }) => secrets.patch(path.secret, query.updateMask ?? '', body),
    'secrets.delete': async (_call, { path, query }) => {
      await secrets.remove(path.secret, query.etag);
      return {};
    },
    'secrets.addVersion': async (_call, { path, body }) => shownVersion(await secrets.addVersion(path.secret, body)),
    'secretVersions.list': async (_call, { path, query }) => {
      const { items, ...rest } = pageOf(await secrets.listVersions(path.secret), query, { list: `${path.secret}/versions`, fields: VERSION_FIELDS, unique: 'number', order: 'number desc', sizes: SIZES });
      return { versions: items.map(shownVersion), ...rest };
    },
    'secretVersions.get': async (_call, { path }) => shownVersion(await secrets.getVersion(path.secretVersion)),
    'secretVersions.access': async (_call, { path }) => {
      const { name, data } = await secrets.access(path.secretVersion);
      return { name, payload: { data: Buffer.from(data).toString('base64'), dataCrc32c: String(crc32c(data)) } };
    },
    'secretVersions.enable': async (_call, { path, body }) => setState(path.secretVersion, 'ENABLED', body),
    'secretVersions.disable': async (_call, { path, body }) => setState(path.secretVersion, 'DISABLED', body),
    'secretVersions.destroy': async (_call, { path, body }) => setState(path.secretVersion, 'DESTROYED', body),
  };
}

/** A page with the number of all items, which the platform tells where there is no filter. */
function pageOf<T extends object>(all: readonly T[], query: ListRequest, spec: ListSpec): { readonly items: readonly T[]; readonly nextPageToken?: string; readonly totalSize?: number } {
  return { ...listPage(all, query, spec), ...(query.filter === undefined || query.filter === '' ? { totalSize: all.length } : {}) };
}

/** A version as Secret Manager shows it. */
function shownVersion({ name, createTime, destroyTime, state, etag, checksumGiven }: SecretVersionInfo): Answer<'secretVersions.get'> {
  return {
    name, createTime, ...(destroyTime === undefined ? {} : { destroyTime }), state, replicationStatus: { automatic: {} }, etag, ...(checksumGiven ? { clientSpecifiedPayloadChecksum: true } : {}),
  };
}
