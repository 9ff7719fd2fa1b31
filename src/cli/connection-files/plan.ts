// What must be done so that a server has a connection as a file says it: nothing, a creation, or a change of the fields that
// differ. A file says all: what it leaves out is taken back to the default.
import { PATCHABLE } from '../../connections/fields.ts';
import { userForm } from './form.ts';
import type { FileFault } from './document.ts';
import type { WantedConnection } from './read.ts';
import { diffLines, writeConnection, type DiffLine } from './write.ts';

export interface Plan {
  readonly wanted: WantedConnection;
  readonly deed: 'create' | 'update' | 'none';
  /** Fields that differ. */
  readonly mask: readonly string[];
  /** What is sent. */
  readonly body: object;
  readonly diff: readonly DiffLine[];
  readonly faults: readonly FileFault[];
}

/** @param current as the server shows it; undefined where it has none. */
export function planConnection(wanted: WantedConnection, current: object | undefined): Plan {
  const { name, file, message, lineOf } = wanted;
  const fault = (path: string, description: string): FileFault => ({ file, line: lineOf(path), path, description });
  const text = writeConnection(name, message);
  const head = file === '' ? `${name} (as it shall be)` : file;
  if (current === undefined) {
    const faults = message.connectorVersion === undefined ? [fault('connectorVersion', 'is missing')] : [];
    return { wanted, deed: 'create', mask: [], body: message, diff: diffLines({ head: '/dev/null', text: '' }, { head, text }), faults };
  }
  const [now, then] = [userForm(name, current), userForm(name, message)];
  // A connector is never taken away: files of other tools leave it out where nothing changes it.
  const mask = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((field) => JSON.stringify(now[field]) !== JSON.stringify(then[field])).filter((field) => field !== 'connectorVersion' || then[field] !== undefined);
  const kept = message.connectorVersion === undefined && typeof now['connectorVersion'] === 'string' ? { ...message, connectorVersion: now['connectorVersion'] } : message;
  const faults = mask.filter((field) => !PATCHABLE.has(field)).map((field) => fault(field, 'cannot be changed: delete the connection and create it anew'));
  const diff = diffLines({ head: `${name} (on the server)`, text: writeConnection(name, current) }, { head, text: writeConnection(name, kept) });
  return { wanted, deed: mask.length === 0 ? 'none' : 'update', mask, body: message, diff, faults };
}
