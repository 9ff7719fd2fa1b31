// The life of service accounts, as IAM manages them. One that a connection acts as can be disabled and deleted, as on the platform:
// the connection then serves no more calls, since it reads its secrets as that account.
import { invalidFields, StatusError, type FieldViolation } from '../errors/status-error.ts';
import { fieldsOf } from './fields.ts';
import { drawUniqueId, serviceAccountEmail, type ServiceAccount, type ServiceAccountRepository } from './service-accounts.ts';

export interface ServiceAccountService {
  /** @throws StatusError INVALID_ARGUMENT, NOT_FOUND without the project, ALREADY_EXISTS, RESOURCE_EXHAUSTED */
  create(project: string, body: unknown): Promise<ServiceAccount>;
  /** By `projects/{project or -}/serviceAccounts/{email or uniqueId}`. @throws StatusError NOT_FOUND */
  get(name: string): Promise<ServiceAccount>;
  /** In order of email. */
  list(project: string): Promise<readonly ServiceAccount[]>;
  /** Changes display name and description as the mask says. @throws StatusError INVALID_ARGUMENT, NOT_FOUND */
  patch(name: string, body: unknown): Promise<ServiceAccount>;
  /** @throws StatusError NOT_FOUND */
  setDisabled(name: string, disabled: boolean): Promise<void>;
  /** @throws StatusError NOT_FOUND */
  remove(name: string): Promise<void>;
}

export interface ServiceAccountServiceParts {
  readonly accounts: ServiceAccountRepository;
  readonly mostAccounts: number;
  /** Told when an account was made, changed or removed here: before the call is answered. */
  readonly changed: () => void;
  readonly now: () => Date;
}

/** The platform wants 6 to 30 characters; shorter and longer ones, up to 63, are taken here. */
const ACCOUNT_ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST = { displayName: 100, description: 256 } as const;
type Text = keyof typeof LONGEST;
const TEXTS: readonly Text[] = ['displayName', 'description'];

export function createServiceAccountService({ accounts, mostAccounts, changed, now }: ServiceAccountServiceParts): ServiceAccountService {
  async function get(name: string): Promise<ServiceAccount> {
    const [, project = '', , id = ''] = name.split('/');
    const found = await (/^\d{1,30}$/.test(id) ? accounts.findByUniqueId(id) : accounts.find(id));
    if (found !== undefined && (project === '-' || found.project === project)) return found;
    throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Service account ${name} does not exist.`, metadata: { resource: name } });
  }

  return {
    async create(project, body) {
      const input = fieldsOf(body);
      const faults: FieldViolation[] = [];
      const accountId = input['accountId'];
      if (typeof accountId !== 'string' || !ACCOUNT_ID.test(accountId)) {
        faults.push({ field: 'accountId', description: 'must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters' });
      }
      const { displayName = '', description = '' } = texts(fieldsOf(input['serviceAccount']), TEXTS, faults);
      if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
      if ((await accounts.list(project)).length >= mostAccounts) throw full(project, mostAccounts);
      const account: ServiceAccount = {
        email: serviceAccountEmail(String(accountId), project), project, uniqueId: drawUniqueId(), displayName, description, disabled: false, createTime: now().toISOString(),
      };
      await accounts.insert(account);
      changed();
      return account;
    },

    get,
    list: (project) => accounts.list(project),

    async patch(name, body) {
      const input = fieldsOf(body);
      const faults: FieldViolation[] = [];
      const mask = typeof input['updateMask'] === 'string' ? input['updateMask'] : '';
      const paths = mask.split(',').map((path) => path.trim().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())).filter((path) => path !== '');
      if (paths.length === 0) faults.push({ field: 'updateMask', description: `must name what is to be changed: ${TEXTS.join(', ')}` });
      for (const path of paths) if (!isText(path)) faults.push({ field: 'updateMask', description: `${path.slice(0, 100)} cannot be changed; ${TEXTS.join(' and ')} can` });
      const named = paths.filter(isText);
      const given = texts(fieldsOf(input['serviceAccount']), named, faults);
      if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
      return accounts.update(await get(name), given);
    },

    async setDisabled(name, disabled) {
      await accounts.update(await get(name), { disabled });
      changed();
    },

    async remove(name) {
      await accounts.remove(await get(name));
      changed();
    },
  };
}

function texts(input: Readonly<Record<string, unknown>>, fields: readonly Text[], faults: FieldViolation[]): Partial<Record<Text, string>> {
  const found: Partial<Record<Text, string>> = {};
  for (const field of fields) {
    const value = input[field] ?? '';
    if (typeof value === 'string' && value.length <= LONGEST[field]) found[field] = value;
    else faults.push({ field: `serviceAccount.${field}`, description: `must be text of at most ${LONGEST[field]} characters` });
  }
  return found;
}

function isText(path: string): path is Text {
  return TEXTS.some((one) => one === path);
}

function full(project: string, most: number): StatusError {
  return new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', {
    message: `Project '${project}' has ${most} service accounts, as many as it may have: delete some, or raise KONEKTOR_SERVICE_ACCOUNTS_PER_PROJECT.`, metadata: { resource: `projects/${project}`, limit: String(most) },
  });
}
