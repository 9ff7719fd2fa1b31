// Patches: which fields of a connection a mask names, and what the connection is afterwards. A masked field takes the body's
// value, and is cleared where the body has none; everything else of the body is left alone.
import { StatusError } from '../errors/status-error.ts';
import { camelCase, fieldIn } from '../listing/field.ts';
import { CONNECTION, PATCHABLE } from './fields.ts';
import { record, type Kind } from './message.ts';

/** `nodeConfig.minNodeCount` as its keys. */
export type MaskPath = readonly [string, ...string[]];

const MOST_PATHS = 100;

/**
 * Reads a mask: comma-separated paths in camelCase or snake_case.
 * @throws StatusError INVALID_ARGUMENT in the platform's words where it is empty or names what cannot be patched.
 */
export function parseMask(mask: string | undefined): readonly MaskPath[] {
  const parts = (mask ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
  const paths = parts.slice(0, MOST_PATHS).map(readPath);
  const wrong = parts.filter((_part, index) => paths[index] === undefined);
  if (parts.length > 0 && wrong.length === 0) return paths.filter((path) => path !== undefined);
  const description = parts.length === 0 ? 'must name at least one field' : `cannot be patched: ${wrong.slice(0, 10).map((part) => part.slice(0, 100)).join(', ')}`;
  throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', {
    message: 'The request was invalid: update_mask contains invalid fields', violations: [{ field: 'update_mask', description }],
  });
}

/** Whether the mask touches nothing but the lock. */
export function isOnlyLock(paths: readonly MaskPath[]): boolean {
  return paths.every(([field]) => field === 'lockConfig');
}

function readPath(text: string): MaskPath | undefined {
  const [field = '', ...rest] = text.split('.');
  const path: [string, ...string[]] = [camelCase(field)];
  if (!PATCHABLE.has(path[0])) return undefined;
  let kind: Kind | undefined = Object.entries(CONNECTION).find(([name]) => name === path[0])?.[1];
  for (const [index, key] of rest.entries()) {
    // A label's key is the user's own, and the rest of the path.
    if (kind === 'labels') return [...path, rest.slice(index).join('.')];
    if (typeof kind !== 'object' || !('message' in kind)) return undefined;
    const name = camelCase(key);
    kind = Object.hasOwn(kind.message, name) ? kind.message[name] : undefined;
    if (kind === undefined) return undefined;
    path.push(name);
  }
  return path;
}

/** Cannot be cleared: clients whose files say it otherwise name it in the mask and leave it out of the body. */
const REQUIRED: ReadonlySet<string> = new Set(['connectorVersion']);

/** The whole connection as it shall be, to be read and checked like the body of a create. */
export function applyMask(spec: object, paths: readonly MaskPath[], body: unknown): Readonly<Record<string, unknown>> {
  return paths.reduce((result, path) => {
    const value = take(body, path);
    return value === undefined && REQUIRED.has(path[0]) ? result : put(result, path, value);
  }, record(spec) ?? {});
}

function take(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => fieldIn(record(value), key), body) ?? undefined;
}

function put(target: Readonly<Record<string, unknown>>, [key, ...rest]: MaskPath, value: unknown): Readonly<Record<string, unknown>> {
  const { [key]: old, ...others } = target;
  const [next, ...more] = rest;
  if (next === undefined) return value === undefined ? others : { ...others, [key]: value };
  const inner = record(old);
  // Clearing within a block that is not there makes no block.
  if (inner === undefined && value === undefined) return target;
  return { ...others, [key]: put(inner ?? {}, [next, ...more], value) };
}
