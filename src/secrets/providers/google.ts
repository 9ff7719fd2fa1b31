// Secrets from Google Secret Manager, by Google's own client and the credentials of the application. The client is loaded when it
// is first used, since it is large and most installations never need it.
import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { StatusError } from '../../errors/status-error.ts';
import { crc32c } from '../crc32c.ts';
import { secretProjectOf } from '../model.ts';
import { unavailable, type SecretProvider } from './provider.ts';

const LONGEST_READ_MS = 10_000;
/** What google.rpc says of a failure that passes. */
const PASSING: ReadonlySet<number> = new Set([4, 8, 13, 14]);

export interface GoogleProvider extends SecretProvider {
  close(): Promise<void>;
}

/** @param endpoint `host` or `host:port`, for regions and tests; https, but on loopback http. */
export function createGoogleProvider(endpoint: string | undefined): GoogleProvider {
  let opening: Promise<SecretManagerServiceClient> | undefined;
  const name = endpoint === undefined ? 'google' : `google:${endpoint}`;

  /** Where it is told no project it asks for the one of the credentials, and a refusal of that would end the process. */
  async function open(projectId: string): Promise<SecretManagerServiceClient> {
    const { SecretManagerServiceClient: Client } = await import('@google-cloud/secret-manager');
    const made = new Client({ fallback: true, projectId, ...optionsOf(endpoint) });
    // Credentials that cannot be read are found out here, where it is heard: within a call they would end the process too.
    // Google's words are left out: they may quote the file.
    await made.auth.getClient().catch((error: unknown) => {
      throw unavailable('There are no usable credentials for Google here: set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials and start again.', error);
    });
    return made;
  }

  function client(projectId: string): Promise<SecretManagerServiceClient> {
    opening ??= open(projectId).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  return {
    name,
    async read(secret, version) {
      const full = `${secret}/versions/${version}`;
      const [{ payload }] = await client(secretProjectOf(secret)).then((one) => one.accessSecretVersion({ name: full }, { timeout: LONGEST_READ_MS, maxRetries: 2 }))
        .catch((error: unknown) => { throw translated(full, name, error); });
      const data = payload?.data;
      if (data === undefined || data === null) throw unavailable(`${full} came from ${name} without a value.`);
      const value = typeof data === 'string' ? Buffer.from(data, 'base64') : Buffer.from(data);
      const sum = payload?.dataCrc32c;
      if (sum !== undefined && sum !== null && String(sum) !== String(crc32c(value))) {
        throw new StatusError('UNAVAILABLE', 'SECRET_UNAVAILABLE', { message: `${full} came from ${name} damaged: its checksum is another.` });
      }
      return value;
    },
    async close() {
      await opening?.then((one) => one.close()).catch(() => undefined);
    },
  };
}

function optionsOf(endpoint: string | undefined): { readonly apiEndpoint?: string; readonly port?: number; readonly protocol?: string } {
  if (endpoint === undefined) return {};
  const { hostname, port } = new URL(`https://${endpoint}`);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return { apiEndpoint: hostname, ...(port === '' ? {} : { port: Number(port) }), ...(isLoopback ? { protocol: 'http' } : {}) };
}

/** Google's words, without whatever else its client puts beside them. */
function translated(version: string, provider: string, error: unknown): StatusError {
  if (error instanceof StatusError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : 0;
  const words = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 300) ?? '' : '';
  const message = `${version} cannot be read from ${provider}: ${words}`;
  return PASSING.has(code) ? new StatusError('UNAVAILABLE', 'SECRET_UNAVAILABLE', { message, cause: error }) : unavailable(message, error);
}
