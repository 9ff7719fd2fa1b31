// Settings of a project and of its regions: kept and shown. What they may hold is a table; what would promise something that
// this server does not do is refused.
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';
import { beginOperation, succeedOperation, type Operation } from '../operations/model.ts';
import { fieldIn } from '../listing/field.ts';
import { GLOBAL, type Locations } from './locations.ts';

/** Values by the path of their field: `{ 'networkConfig.egressMode': 'AUTO_IP' }`. */
export type SettingValues = Readonly<Record<string, string | boolean>>;

export interface SettingsRepository {
  find(name: string): Promise<SettingValues | undefined>;
  /**
   * Changes settings and stores the operation that tells of it; changes of the same settings wait for each other.
   * @throws StatusError NOT_FOUND where there is no such project
   */
  change(name: string, project: string, change: (stored: SettingValues) => { readonly values: SettingValues; readonly operation: Operation }): Promise<void>;
}

/** Settings as they are shown. */
interface ShownSettings {
  readonly settings: { readonly name: string; readonly vpcsc?: boolean };
  readonly regionalSettings: {
    readonly name: string;
    readonly encryptionConfig: { readonly encryptionType: string };
    readonly networkConfig: { readonly egressMode: 'AUTO_IP' | 'STATIC_IP' };
    readonly client?: string;
    readonly provisioned: boolean;
  };
}

export type SettingsKind = keyof ShownSettings;

interface SettingField {
  /** Texts that are allowed; absent for true or false, and for free text. */
  readonly members?: readonly string[];
  readonly type: 'boolean' | 'text';
  readonly words: string;
}

interface KindOfSettings<Shown extends { readonly name: string } = { readonly name: string }> {
  readonly resource: 'Settings' | 'RegionalSettings';
  readonly fields: Readonly<Record<string, SettingField>>;
  /** What was set, with what holds where nothing was, and what nobody sets. */
  readonly show: (name: string, values: SettingValues) => Shown;
}

const KINDS: { readonly [Kind in SettingsKind]: KindOfSettings<ShownSettings[Kind]> } = {
  settings: {
    resource: 'Settings', fields: { vpcsc: { type: 'boolean', words: 'must be true or false' } },
    show: (name, { vpcsc }) => ({ name, ...(typeof vpcsc === 'boolean' ? { vpcsc } : {}) }),
  },
  regionalSettings: {
    resource: 'RegionalSettings',
    fields: {
      'encryptionConfig.encryptionType': { type: 'text', members: ['GMEK'], words: 'must be GMEK: secrets are sealed under the master key of this server, not under a key of yours' },
      'networkConfig.egressMode': { type: 'text', members: ['AUTO_IP', 'STATIC_IP'], words: 'must be AUTO_IP or STATIC_IP' },
      client: { type: 'text', words: 'must be text of at most 255 characters' },
    },
    show: (name, { client, ...values }) => ({
      name, encryptionConfig: { encryptionType: 'GMEK' }, networkConfig: { egressMode: values['networkConfig.egressMode'] === 'STATIC_IP' ? 'STATIC_IP' : 'AUTO_IP' },
      provisioned: true, ...(typeof client === 'string' ? { client } : {}),
    }),
  },
};

export interface SettingsService {
  /** @throws StatusError NOT_FOUND for a project or a location that has none */
  get<Kind extends SettingsKind>(location: string, kind: Kind): Promise<ShownSettings[Kind]>;
  /** @returns an operation that has ended. @throws StatusError NOT_FOUND, INVALID_ARGUMENT with every fault */
  patch(location: string, kind: SettingsKind, body: Readonly<Record<string, unknown>>, updateMask: string | undefined): Promise<Operation>;
}

export interface SettingsServiceParts {
  readonly repository: SettingsRepository;
  readonly locations: Locations;
  /** @throws StatusError NOT_FOUND */
  readonly requireProject: (project: string) => Promise<void>;
  readonly now: () => Date;
}

export function createSettingsService({ repository, locations, requireProject, now }: SettingsServiceParts): SettingsService {
  async function nameOf(location: string, kind: SettingsKind): Promise<string> {
    const [, project = '', , id = ''] = location.split('/');
    await requireProject(project);
    if (kind === 'settings' ? id === GLOBAL.id : locations.isLocation(id)) return `${location}/${kind}`;
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${location}/${kind}' was not found`, metadata: { resource: `${location}/${kind}` } });
  }

  return {
    async get(location, kind) {
      const name = await nameOf(location, kind);
      return KINDS[kind].show(name, (await repository.find(name)) ?? {});
    },

    async patch(location, kind, body, updateMask) {
      const name = await nameOf(location, kind);
      const changes = readChanges(KINDS[kind], body, updateMask);
      const begun = beginOperation(location, 'update', name, now());
      let ended = begun;
      await repository.change(name, location.split('/')[1] ?? '', (stored) => {
        const values = Object.fromEntries(Object.entries({ ...stored, ...changes }).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined));
        const response = { '@type': `type.googleapis.com/google.cloud.connectors.v1.${KINDS[kind].resource}`, ...KINDS[kind].show(name, values) };
        ended = succeedOperation(begun, response, now());
        return { values, operation: ended };
      });
      return ended;
    },
  };
}

/** What a patch sets, and as undefined what it clears. */
function readChanges({ fields }: KindOfSettings, body: Readonly<Record<string, unknown>>, updateMask: string | undefined): Readonly<Record<string, string | boolean | undefined>> {
  const faults: FieldViolation[] = [];
  const paths = Object.keys(fields);
  const masked = (updateMask ?? '').split(',').map((path) => path.trim().replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase())).filter((path) => path !== '');
  for (const path of masked) {
    if (path === '*' || paths.some((one) => one === path || one.startsWith(`${path}.`))) continue;
    faults.push({ field: 'update_mask', description: `${path.slice(0, 100)} is no field that can be changed; there are ${paths.join(', ')}` });
  }
  const changes: Record<string, string | boolean | undefined> = {};
  for (const [path, field] of Object.entries(fields)) {
    const given = valueAt(body, path);
    const wanted = masked.length === 0 ? given !== undefined : masked.some((one) => one === '*' || path === one || path.startsWith(`${one}.`));
    if (!wanted) continue;
    const value = given === undefined || given === null || given === '' ? undefined : read(field, given);
    if (value === null) faults.push({ field: path, description: field.words });
    else changes[path] = value;
  }
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return changes;
}

/** The value, or null where it is none of the field's. Members are taken in any case. */
function read({ type, members }: SettingField, given: unknown): string | boolean | null {
  if (type === 'boolean') return typeof given === 'boolean' ? given : null;
  if (typeof given !== 'string' || given.length > 255) return null;
  if (members === undefined) return given;
  const member = given.toUpperCase();
  return members.includes(member) ? member : null;
}

function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? fieldIn(value, key) : undefined), body);
}
