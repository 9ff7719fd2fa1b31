// From what a caller sent to what is kept of a secret, or to every fault in it at once. Unknown fields are ignored, as the platform
// does; what would promise something that is not done here is refused with the reason.
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { crc32c } from './crc32c.ts';
import { SECRET_ID, type Secret, type SecretSpec } from './model.ts';
import { MOST_VALUE_BYTES } from './providers/provider.ts';

type Body = Readonly<Record<string, unknown>>;

const MOST_LABELS = 64;
const MOST_ANNOTATION_BYTES = 16 * 1024;

/** What the platform has and this server does not: a secret that claimed to have it would deceive. */
const REFUSED: Readonly<Record<string, string>> = {
  expireTime: 'is not served: secrets do not expire here; delete the secret when it is not needed any more',
  ttl: 'is not served: secrets do not expire here; delete the secret when it is not needed any more',
  rotation: 'is not served: nothing here announces that a rotation is due; add a version when you rotate',
  topics: 'is not served: there is no Pub/Sub here; add versions by whatever rotates them',
  versionAliases: 'is not served: name versions by their number or as latest',
  versionDestroyTtl: 'is not served: a version is destroyed at once',
  customerManagedEncryption: 'is not served: values are sealed under the master key of this installation',
};
const CHANGEABLE = ['labels', 'annotations'] as const;
type Changeable = (typeof CHANGEABLE)[number];

/** Reads the body and the id of a create. @throws StatusError INVALID_ARGUMENT with every fault. */
export function parseSecret(secretId: string, body: unknown): SecretSpec {
  const faults: FieldViolation[] = [];
  const input = record(body) ?? {};
  if (!SECRET_ID.test(secretId)) faults.push({ field: 'secretId', description: 'has 1 to 255 letters, digits, hyphens and underscores' });
  for (const [field, description] of Object.entries(REFUSED)) if (isSet(read(input, field))) faults.push({ field: `secret.${field}`, description });
  const replication = record(input['replication']);
  if (replication === undefined || (record(replication['automatic']) === undefined) === (record(replication['userManaged'] ?? replication['user_managed']) === undefined)) {
    faults.push({ field: 'secret.replication', description: 'must hold automatic or userManaged: {"automatic": {}}' });
  }
  const spec = { replication: replication ?? {}, ...maps(input, CHANGEABLE, faults) };
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return spec;
}

/** The secret with what the mask names taken from the body. @throws StatusError INVALID_ARGUMENT with every fault. */
export function patchSecret(secret: Secret, updateMask: string, body: unknown): Secret {
  const faults: FieldViolation[] = [];
  const input = record(body) ?? {};
  const paths = updateMask.split(',').map((path) => path.trim().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())).filter((path) => path !== '');
  if (paths.length === 0) faults.push({ field: 'updateMask', description: `must name what is to be changed: ${CHANGEABLE.join(', ')}` });
  const fields = paths.map((path) => (path === '*' ? [...CHANGEABLE] : [path])).flat();
  for (const path of fields) {
    if (isChangeable(path)) continue;
    faults.push({ field: 'updateMask', description: `${path.slice(0, 100)} ${REFUSED[path] ?? `cannot be changed; ${CHANGEABLE.join(' and ')} can`}` });
  }
  const named = fields.filter(isChangeable);
  const given = maps(input, named, faults);
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  const kept = Object.fromEntries(Object.entries(secret).filter(([key]) => !named.some((name) => name === key)));
  return { ...kept, name: secret.name, createTime: secret.createTime, etag: secret.etag, replication: secret.replication, ...given };
}

/** The value of a new version. @throws StatusError INVALID_ARGUMENT */
export function parsePayload(body: unknown): { readonly data: Buffer; readonly checksumGiven: boolean } {
  const payload = record(record(body)?.['payload']);
  const text = payload?.['data'];
  if (typeof text !== 'string' || text === '') throw fault('payload.data', 'must hold the value in base64, at least one byte');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw fault('payload.data', 'is not base64');
  const data = Buffer.from(text, 'base64');
  if (data.length > MOST_VALUE_BYTES) throw fault('payload.data', `has ${data.length} bytes; a value has at most ${MOST_VALUE_BYTES}`);
  const sum = payload?.['dataCrc32c'] ?? payload?.['data_crc32c'];
  if (sum === undefined || sum === null) return { data, checksumGiven: false };
  const isSame = (typeof sum === 'string' || typeof sum === 'number') && String(sum) === String(crc32c(data));
  if (!isSame) throw fault('payload.dataCrc32c', 'is not the CRC32C of the value: it was damaged on its way, or the checksum is of something else');
  return { data, checksumGiven: true };
}

function maps(input: Body, fields: readonly Changeable[], faults: FieldViolation[]): Pick<SecretSpec, Changeable> {
  const found = fields.map((field) => [field, PARSERS[field](input[field], faults)] as const).filter(([, value]) => value !== undefined && Object.keys(value).length > 0);
  return Object.fromEntries(found);
}

const PARSERS = {
  labels(value: unknown, faults: FieldViolation[]) {
    const given = texts(value, 'secret.labels', faults);
    const entries = Object.entries(given ?? {});
    if (entries.length > MOST_LABELS) faults.push({ field: 'secret.labels', description: `has more than ${MOST_LABELS} labels` });
    for (const [key, label] of entries.slice(0, MOST_LABELS)) {
      if (/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) && /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(label)) continue;
      faults.push({ field: `secret.labels.${key.slice(0, 63)}`, description: 'keys begin with a lower-case letter; keys and values have at most 63 lower-case letters, digits, underscores and hyphens' });
    }
    return given;
  },
  annotations(value: unknown, faults: FieldViolation[]) {
    const given = texts(value, 'secret.annotations', faults);
    const entries = Object.entries(given ?? {});
    if (entries.reduce((sum, [key, text]) => sum + Buffer.byteLength(key) + Buffer.byteLength(text), 0) > MOST_ANNOTATION_BYTES) {
      faults.push({ field: 'secret.annotations', description: `are larger than ${MOST_ANNOTATION_BYTES} bytes together` });
      return given;
    }
    for (const [key] of entries) {
      if (/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(key)) continue;
      faults.push({ field: `secret.annotations.${key.slice(0, 63)}`, description: 'keys have at most 63 letters, digits, hyphens, underscores and dots, and begin and end with a letter or digit' });
    }
    return given;
  },
} as const;

/** An object of texts. */
function texts(value: unknown, field: string, faults: FieldViolation[]): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  const given = record(value);
  const entries = Object.entries(given ?? {});
  const good = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (given === undefined || good.length < entries.length) faults.push({ field, description: 'must be an object of texts' });
  return Object.fromEntries(good);
}

function isChangeable(path: string): path is Changeable {
  return CHANGEABLE.some((one) => one === path);
}

/** A field in either spelling. */
function read(input: Body, field: string): unknown {
  return input[field] ?? input[field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function record(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}

function fault(field: string, description: string): Error {
  return invalidFields([{ field, description }], 'INVALID_REQUEST');
}
