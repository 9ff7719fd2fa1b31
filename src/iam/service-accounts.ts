// Service accounts: the identities that connections act as. Each belongs to one project.
import { randomInt } from 'node:crypto';

export interface ServiceAccount {
  /** `{id}@{project}.iam.gserviceaccount.com` */
  readonly email: string;
  readonly project: string;
  /** 21 digits, never used twice. */
  readonly uniqueId: string;
  readonly displayName: string;
  readonly description: string;
  readonly disabled: boolean;
  readonly createTime: string;
}

/** What may change of an account. */
export type AccountChanges = Partial<Pick<ServiceAccount, 'displayName' | 'description' | 'disabled'>>;

export interface ServiceAccountRepository {
  find(email: string): Promise<ServiceAccount | undefined>;
  findByUniqueId(uniqueId: string): Promise<ServiceAccount | undefined>;
  /** All of a project, in order of email; a setting bounds how many there are. */
  list(project: string): Promise<readonly ServiceAccount[]>;
  /** @throws StatusError ALREADY_EXISTS, NOT_FOUND where the project is not there. */
  insert(account: ServiceAccount): Promise<void>;
  /** Changes what is given and nothing else, so that a new display name does not enable what was disabled meanwhile. @throws StatusError NOT_FOUND */
  update(account: ServiceAccount, changes: AccountChanges): Promise<ServiceAccount>;
  /** @throws StatusError NOT_FOUND */
  remove(account: ServiceAccount): Promise<void>;
}

export function serviceAccountEmail(id: string, project: string): string {
  return `${id}@${project}.iam.gserviceaccount.com`;
}

/** Of connections that name none. */
export const DEFAULT_ACCOUNT_ID = 'connections';

export function drawUniqueId(): string {
  return `1${Array.from({ length: 20 }, () => String(randomInt(10))).join('')}`;
}
