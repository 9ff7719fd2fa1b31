// Service accounts: the identities that connections act as. Each belongs to one project.

export interface ServiceAccount {
  /** `{id}@{project}.iam.gserviceaccount.com` */
  readonly email: string;
  readonly project: string;
  readonly displayName: string;
  readonly createTime: string;
}

export interface ServiceAccountRepository {
  find(email: string): Promise<ServiceAccount | undefined>;
  /** @throws StatusError ALREADY_EXISTS */
  insert(account: ServiceAccount): Promise<void>;
}

export function serviceAccountEmail(id: string, project: string): string {
  return `${id}@${project}.iam.gserviceaccount.com`;
}
