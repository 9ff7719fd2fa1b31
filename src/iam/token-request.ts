// Reads what a caller wants a new token to be, and tells everything that is wrong with it at once.
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { isOneCaller, normalizeMember } from './members.ts';

export interface TokenRequest {
  /** Undefined: the caller itself. */
  readonly member: string | undefined;
  readonly displayName: string;
  /** In milliseconds since 1970; undefined takes the usual lifetime. */
  readonly expiresAt: number | undefined;
}

const MOST_NAME = 200;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Reads the body of a new token. @throws StatusError INVALID_ARGUMENT with every fault */
export function readTokenRequest(body: Readonly<Record<string, unknown>>, now: Date, longestSeconds: number): TokenRequest {
  const faults: FieldViolation[] = [];
  const member = readMember(body['member'], faults);
  const displayName = readName(body['displayName'] ?? '', faults);
  const [lifetime, expireTime] = [body['lifetime'], body['expireTime']];
  if (lifetime !== undefined && expireTime !== undefined) faults.push({ field: 'expireTime', description: 'cannot stand beside lifetime: name one of them' });
  const expiresAt = readLifetime(lifetime, now, faults) ?? readExpireTime(expireTime, now, faults);
  if (expiresAt !== undefined && expiresAt > now.getTime() + longestSeconds * 1_000) {
    faults.push({ field: lifetime === undefined ? 'expireTime' : 'lifetime', description: `is longer than tokens may live here: ${longestSeconds}s (KONEKTOR_TOKEN_LONGEST_SECONDS)` });
  }
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return { member, displayName, expiresAt };
}

function readName(given: unknown, faults: FieldViolation[]): string {
  // oxlint-disable-next-line no-control-regex -- no database takes NUL, and no list shows the others
  if (typeof given === 'string' && given.length <= MOST_NAME && !/[\u0000-\u001f]/.test(given)) return given;
  faults.push({ field: 'displayName', description: `must be a text of at most ${MOST_NAME} characters` });
  return '';
}

function readMember(given: unknown, faults: FieldViolation[]): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const member = typeof given === 'string' ? normalizeMember(given) : undefined;
  if (member !== undefined && isOneCaller(member)) return member;
  faults.push({ field: 'member', description: 'must be user:{email}, serviceAccount:{email} or principal://{issuer}/{subject}' });
  return undefined;
}

function readLifetime(given: unknown, now: Date, faults: FieldViolation[]): number | undefined {
  if (given === undefined) return undefined;
  const seconds = typeof given === 'string' && /^\d{1,12}(\.\d{1,9})?s$/.test(given) ? Number(given.slice(0, -1)) : 0;
  if (seconds > 0) return now.getTime() + Math.round(seconds * 1_000);
  faults.push({ field: 'lifetime', description: 'must be a number of seconds greater than 0, such as 3600s' });
  return undefined;
}

function readExpireTime(given: unknown, now: Date, faults: FieldViolation[]): number | undefined {
  if (given === undefined) return undefined;
  const time = typeof given === 'string' && INSTANT.test(given) ? Date.parse(given) : Number.NaN;
  if (time > now.getTime()) return time;
  faults.push({ field: 'expireTime', description: 'must be a time to come, such as 2030-01-31T12:00:00Z' });
  return undefined;
}
