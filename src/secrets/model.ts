// What a secret is: a name with versions that never change. Values are seen by `service.ts` alone; everything else holds names.

/** `projects/{project}/secrets/{secret}` */
export type SecretName = string;
/** `projects/{project}/secrets/{secret}/versions/{number}` */
export type SecretVersionName = string;

export interface SecretVersion {
  readonly name: SecretVersionName;
  readonly secret: SecretName;
  readonly number: number;
  readonly state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
  /** Encrypted by `seal.ts`; empty once destroyed. */
  readonly sealed: Uint8Array;
  readonly createTime: string;
}

const VERSION = /^(projects\/[^/]+\/secrets\/[A-Za-z0-9_-]{1,255})\/versions\/(latest|[1-9]\d{0,9})$/;

/** The parts of a version's name, or undefined where it is not one. */
export function parseSecretVersion(name: string): { readonly secret: SecretName; readonly version: number | 'latest' } | undefined {
  const match = VERSION.exec(name);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { secret: match[1], version: match[2] === 'latest' ? 'latest' : Number(match[2]) };
}
