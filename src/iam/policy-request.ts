// Reads what a caller wants a policy to be, and tells everything that is wrong with it at once.
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { isFields, type Fields } from './fields.ts';
import { MEMBER_FORMS, normalizeMember } from './members.ts';
import { mergeBindings, type Binding } from './policy.ts';
import { findRole, ROLES } from './roles.ts';

/** The platform's bound on the members of all bindings together. */
const MOST_MEMBERS = 1_500;
const MOST_AUDIT_CONFIGS = 100;
const MOST_AUDIT_TEXT = 65_536;
const VERSIONS: readonly unknown[] = [undefined, null, 0, 1, 3];

export interface PolicyRequest {
  readonly etag: string | undefined;
  /** Undefined where the mask leaves it alone. */
  readonly bindings: readonly Binding[] | undefined;
  readonly auditConfigs: readonly object[] | undefined;
}

/** Reads the body of setIamPolicy. @throws StatusError INVALID_ARGUMENT with every fault */
export function readPolicyRequest(body: Readonly<Record<string, unknown>>): PolicyRequest {
  const faults: FieldViolation[] = [];
  const policy = asObject(body['policy']);
  if (policy === undefined) faults.push({ field: 'policy', description: body['policy'] === undefined ? 'is missing' : 'must be an object' });
  const mask = readMask(body['updateMask'], faults);
  const given = policy ?? {};
  const etag = readEtag(given['etag'], faults);
  if (!VERSIONS.includes(given['version'])) faults.push({ field: 'policy.version', description: 'must be 1 (or 3, which is kept as 1: conditions are not evaluated here)' });
  const bindings = readBindings(given['bindings'], faults);
  const auditConfigs = readAuditConfigs(given['auditConfigs'], faults);
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
  return { etag, bindings: mask.has('bindings') ? bindings : undefined, auditConfigs: mask.has('auditConfigs') ? auditConfigs : undefined };
}

/** The permissions that a caller asks about. @throws StatusError INVALID_ARGUMENT */
export function readPermissions(body: Readonly<Record<string, unknown>>): readonly string[] {
  const asked = body['permissions'] ?? [];
  const faults: FieldViolation[] = [];
  const texts = Array.isArray(asked) ? asked.map((permission: unknown, index) => {
    if (typeof permission === 'string' && /^[a-zA-Z]+(\.[a-zA-Z]+){2}$/.test(permission)) return permission;
    faults.push({ field: `permissions[${index}]`, description: 'must be a whole permission, such as connectors.connections.get; wildcards are not allowed' });
    return '';
  }) : [];
  if (!Array.isArray(asked) || asked.length > 100) faults.splice(0, faults.length, { field: 'permissions', description: 'must be a list of at most 100 permissions' });
  if (faults.length > 0) throw invalidFields(faults.slice(0, 100), 'INVALID_REQUEST');
  return texts;
}

/** Which version of policies a caller understands; all of ours are 1. @throws StatusError INVALID_ARGUMENT */
export function checkRequestedVersion(version: unknown): void {
  if (!VERSIONS.includes(version)) throw invalidFields([{ field: 'options.requestedPolicyVersion', description: 'must be 0, 1 or 3' }], 'INVALID_REQUEST');
}

const MASKABLE = ['bindings', 'etag', 'auditConfigs', 'version'];

/** Without a mask the bindings are set, and what is audited stays. */
function readMask(mask: unknown, faults: FieldViolation[]): ReadonlySet<string> {
  if (mask === undefined || mask === null || mask === '') return new Set(['bindings']);
  const paths = typeof mask === 'string' ? mask.split(',').map((path) => path.trim().replace(/^audit_configs$/, 'auditConfigs')) : [];
  const isKnown = paths.length > 0 && paths.every((path) => MASKABLE.includes(path));
  if (!isKnown) faults.push({ field: 'updateMask', description: `may name ${MASKABLE.join(', ')}` });
  return new Set(paths);
}

function readEtag(etag: unknown, faults: FieldViolation[]): string | undefined {
  if (etag === undefined || etag === null || etag === '') return undefined;
  if (typeof etag === 'string' && etag.length <= 64 && /^[\w+/-]+={0,2}$/.test(etag)) return etag;
  faults.push({ field: 'policy.etag', description: 'must be the etag of a policy that was read' });
  return undefined;
}

function readBindings(given: unknown, faults: FieldViolation[]): readonly Binding[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    faults.push({ field: 'policy.bindings', description: 'must be a list' });
    return [];
  }
  const count = given.reduce((sum: number, binding: unknown) => sum + listLength(asObject(binding)?.['members']), 0);
  if (count > MOST_MEMBERS || given.length > MOST_MEMBERS) {
    faults.push({ field: 'policy.bindings', description: `name ${Math.max(count, given.length)} members; at most ${MOST_MEMBERS} are taken` });
    return [];
  }
  return mergeBindings(given.map((binding: unknown, index) => readBinding(binding, `policy.bindings[${index}]`, faults)));
}

function readBinding(given: unknown, at: string, faults: FieldViolation[]): Binding {
  const binding = asObject(given) ?? {};
  const role = binding['role'];
  if (typeof role !== 'string' || findRole(role) === undefined) faults.push({ field: `${at}.role`, description: `is no role here${meant(role)}` });
  const isConditional = binding['condition'] !== undefined && binding['condition'] !== null;
  if (isConditional) faults.push({ field: `${at}.condition`, description: 'is not evaluated here, and what is not evaluated would grant too much: leave it out' });
  const members = binding['members'] ?? [];
  if (!Array.isArray(members)) faults.push({ field: `${at}.members`, description: 'must be a list' });
  const read = (Array.isArray(members) ? members : []).map((member: unknown, index) => {
    const found = typeof member === 'string' ? normalizeMember(member) : undefined;
    if (found === undefined) faults.push({ field: `${at}.members[${index}]`, description: `must be ${MEMBER_FORMS}` });
    return found ?? '';
  });
  return { role: String(role), members: read };
}

/** The roles of the service that was named, where there is such a service; else where all of them stand. */
function meant(role: unknown): string {
  const service = typeof role === 'string' ? /^roles\/\w+\./.exec(role)?.[0] : undefined;
  const near = service === undefined ? [] : Object.keys(ROLES).filter((name) => name.startsWith(service));
  return near.length === 0 ? '; docs/reference/roles.md lists those that are' : `; there are ${near.join(', ')}`;
}

function readAuditConfigs(given: unknown, faults: FieldViolation[]): readonly object[] {
  if (given === undefined || given === null) return [];
  const configs = Array.isArray(given) ? given.map(asObject).filter((config) => config !== undefined) : [];
  const isList = Array.isArray(given) && configs.length === given.length && given.length <= MOST_AUDIT_CONFIGS && JSON.stringify(given).length <= MOST_AUDIT_TEXT;
  if (!isList) faults.push({ field: 'policy.auditConfigs', description: `must be a list of at most ${MOST_AUDIT_CONFIGS} objects` });
  return configs;
}

function asObject(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined;
}

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
