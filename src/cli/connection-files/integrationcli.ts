// The form in which Google's integrationcli keeps connections, read as the API's: a connector by its parts, and secrets by the
// name of the secret. Everything else is the API's form already.
import { record } from '../../connections/message.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Conversion {
  readonly value: unknown;
  /** Paths in the file with what is wrong there. */
  readonly faults: readonly { readonly path: string; readonly description: string }[];
}

/** @param project whose connectors and secrets are meant; undefined where it is not known. */
export function convert(value: unknown, project: string | undefined): Conversion {
  const faults: { path: string; description: string }[] = [];
  const place = (path: string): string => {
    if (project === undefined) faults.push({ path, description: 'is looked for in a project, and none is known: name the connection in full, or give --project' });
    return project ?? '';
  };

  function read(part: unknown, path: string): unknown {
    if (Array.isArray(part)) return part.map((one: unknown, index) => read(one, `${path}[${index}]`));
    const fields = record(part);
    if (fields === undefined) return part;
    const entries = Object.entries(fields).filter(([key]) => !isDetails(key)).map(([key, one]) => [key, read(one, path === '' ? key : `${path}.${key}`)] as const);
    const details = Object.entries(fields).filter(([key]) => isDetails(key)).map(([key, one]) => [SECRET_OF[key] ?? key, secretOf(one, path === '' ? key : `${path}.${key}`)] as const);
    // A version that is named beside the details says more than they do.
    return { ...Object.fromEntries(entries), ...Object.fromEntries(details.filter(([key]) => !isNamed(fields[key]))) };
  }

  function secretOf(details: unknown, path: string): Fields {
    const secret = record(details)?.['secretName'];
    if (typeof secret === 'string' && /^[A-Za-z0-9_-]{1,255}$/.test(secret)) return { secretVersion: `projects/${place(path)}/secrets/${secret}/versions/1` };
    faults.push({ path: `${path}.secretName`, description: 'must be the name of a secret' });
    return {};
  }

  function versionOf(details: unknown): string | undefined {
    const { provider, name, version, versionId } = record(details) ?? {};
    const parts = [provider, name, versionId ?? version].map((part) => (typeof part === 'number' ? String(part) : part));
    if (parts.every((part) => typeof part === 'string' && /^[A-Za-z0-9_-]{1,255}$/.test(part))) {
      return `projects/${place('connectorDetails')}/locations/global/providers/${String(parts[0])}/connectors/${String(parts[1])}/versions/${String(parts[2])}`;
    }
    faults.push({ path: 'connectorDetails', description: 'must have provider, name and version: {provider: stripe, name: stripe, version: 1}' });
    return undefined;
  }

  const whole = record(value);
  if (whole === undefined) return { value, faults };
  const { connectorDetails, ...rest } = whole;
  const converted = record(read(rest, '')) ?? {};
  const version = connectorDetails === undefined || 'connectorVersion' in rest ? undefined : versionOf(connectorDetails);
  return { value: { ...converted, ...(version === undefined ? {} : { connectorVersion: version }) }, faults };
}

/** Which field the details of a secret are of. */
const SECRET_OF: Readonly<Record<string, string>> = {
  secretDetails: 'secretValue', passwordDetails: 'password', clientKeyDetails: 'clientKey', clientSecretDetails: 'clientSecret', sshClientCertDetails: 'sshClientCert', sshClientCertPassDetails: 'sshClientCertPass',
};

function isDetails(key: string): boolean {
  return Object.hasOwn(SECRET_OF, key);
}

function isNamed(secret: unknown): boolean {
  const version = record(secret)?.['secretVersion'];
  return typeof version === 'string' && version !== '';
}
