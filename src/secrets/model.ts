// What a secret is: a name with versions that never change. Values are seen by `service.ts` alone; everything else holds names.

/** `projects/{project}/secrets/{secret}` */
export type SecretName = string;
/** `projects/{project}/secrets/{secret}/versions/{number}` */
export type SecretVersionName = string;

/** What a caller may say of a secret and change of it. */
export interface SecretSpec {
  /** Kept as it was given; the value lies in one database whatever it says. */
  readonly replication: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Secret extends SecretSpec {
  readonly name: SecretName;
  readonly createTime: string;
  readonly etag: string;
}

export const VERSION_STATES = ['ENABLED', 'DISABLED', 'DESTROYED'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** What may be seen of a version without seeing its value. */
export interface SecretVersionInfo {
  readonly name: SecretVersionName;
  readonly secret: SecretName;
  readonly number: number;
  readonly state: VersionState;
  readonly createTime: string;
  readonly destroyTime?: string;
  readonly etag: string;
  /** Whoever added it told the checksum of the value too. */
  readonly checksumGiven: boolean;
}

export interface SecretVersion extends SecretVersionInfo {
  /** Encrypted by `seal.ts`; empty once destroyed. */
  readonly sealed: Uint8Array;
}

export const SECRET_ID = /^[A-Za-z0-9_-]{1,255}$/;
const VERSION = /^(projects\/[^/]+\/secrets\/[A-Za-z0-9_-]{1,255})\/versions\/(latest|[1-9]\d{0,9})$/;

/** The parts of a version's name, or undefined where it is not one. */
export function parseSecretVersion(name: string): { readonly secret: SecretName; readonly version: number | 'latest' } | undefined {
  const match = VERSION.exec(name);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { secret: match[1], version: match[2] === 'latest' ? 'latest' : Number(match[2]) };
}

export function secretProjectOf(name: string): string {
  return name.split('/')[1] ?? '';
}
