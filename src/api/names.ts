// Names that stand in the paths of rows: which texts can be one segment, and whether a name has the form of its resource. Who
// calls a row without a router between asks here; a router asks the same of each segment.
import { invalidFields } from '../errors/status-error.ts';
import { RESOURCE_PATTERNS } from './operation.ts';

// oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
const PART = /^(?!\.{1,2}$)[^/\u0000-\u001f\u007f]+$/;

/** Whether a text can be one segment of a resource's name: no slash, no control character, not nothing, and no step of a path. */
export function isNamePart(text: string): boolean {
  return PART.test(text);
}

const RESOURCES: Readonly<Record<string, string>> = RESOURCE_PATTERNS;

/** What a router makes sure of for calls over HTTP. @throws StatusError INVALID_ARGUMENT */
export function requireNames(path: Readonly<Record<string, string>>): void {
  const faults = Object.entries(path).filter(([name, value]) => !isName(name, value))
    .map(([name]) => ({ field: name, description: RESOURCES[name] === undefined ? 'is no part of a resource name: it is nothing, or holds a slash or a control character' : `must be ${RESOURCES[name]}` }));
  if (faults.length > 0) throw invalidFields(faults, 'INVALID_REQUEST');
}

function isName(name: string, value: string): boolean {
  const pattern = RESOURCES[name]?.split('/');
  // Ids of children hold a slash.
  if (pattern === undefined) return name === 'entity' ? value !== '' && value.split('/').every(isNamePart) : isNamePart(value);
  const parts = value.split('/');
  return parts.length === pattern.length && parts.every((part, index) => isNamePart(part) && (pattern[index]?.startsWith('{') === true || pattern[index] === part));
}
