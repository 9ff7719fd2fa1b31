// Files of connections read whole: each with its full name and its message, or every fault of all of them at once. It calls
// nobody: what a connector takes is the server's to say.
import { CONNECTION, type ConnectionMessage } from '../../connections/fields.ts';
import { readMessage, record, unknownFields } from '../../connections/message.ts';
import { nearest } from '../../errors/nearest.ts';
import { readDocuments, type FileDocument, type FileFault } from './document.ts';
import { convert } from './integrationcli.ts';

/** What a file need not say. */
export interface Place {
  readonly project: string | undefined;
  readonly location: string | undefined;
}

export interface WantedConnection {
  readonly file: string;
  /** `projects/{project}/locations/{location}/connections/{connection}` */
  readonly name: string;
  readonly message: ConnectionMessage;
  readonly lineOf: FileDocument['lineOf'];
}

export interface SourceFile {
  /** As it is called in messages: a path, or `-`. */
  readonly file: string;
  readonly text: string;
}

export interface NamedAs {
  /** Said on the command line: it counts, whatever the file says. */
  readonly given?: string;
  /** For a file that says no name. */
  readonly otherwise?: string;
}

/** What a connection shows beside what its user sets: a file may be what `show` printed. */
const SHOWN_ONLY: ReadonlySet<string> = new Set([
  'name', 'createTime', 'updateTime', 'status', 'connectionRevision', 'eventingRuntimeData', 'connectorVersionLaunchStage', 'connectorVersionInfraConfig', 'subscriptionType', 'billingConfig',
  'serviceDirectory', 'tlsServiceDirectory', 'host', 'imageLocation', 'envoyImageLocation', 'isTrustedTester',
]);
const FULL = /^projects\/([a-z0-9-]{1,63})\/locations\/([a-z0-9-]{1,63})\/connections\/[^/]+$/;
const ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function readConnections(source: SourceFile, place: Place, named: NamedAs = {}): { readonly connections: readonly WantedConnection[]; readonly faults: readonly FileFault[] } {
  const { documents, faults: unread } = readDocuments(source.file, source.text);
  const faults = [...unread];
  const fault = (line: number | undefined, path: string, description: string): void => void faults.push({ file: source.file, line, path, description });
  if (documents.length > 1 && named.given !== undefined) fault(undefined, '', `holds ${documents.length} connections, and one name was given`);
  const connections: WantedConnection[] = [];
  for (const { value, lineOf } of documents) {
    const fields = record(value);
    if (fields === undefined) {
      fault(lineOf(''), '', 'must be a connection: fields with their values');
      continue;
    }
    const name = nameOf(fields, place, documents.length > 1 ? {} : named);
    if ('wrong' in name) fault(lineOf('name'), 'name', name.wrong);
    const full = 'full' in name ? name.full : '';
    const converted = convert(value, FULL.exec(full)?.[1] ?? place.project);
    const message = readMessage(CONNECTION, converted.value, '', { add: (path, description) => fault(lineOf(path), path, description) });
    for (const { path, description } of converted.faults) fault(lineOf(path), path, description);
    for (const { path, known } of unknownFields(CONNECTION, converted.value)) if (!SHOWN_ONLY.has(path)) fault(lineOf(path), path, unknownWords(path, known));
    if (connections.some((one) => one.name === full)) fault(lineOf('name'), 'name', `${full} stands in this file twice`);
    if (full !== '') connections.push({ file: source.file, name: full, message, lineOf });
  }
  return { connections, faults };
}

function nameOf(fields: Readonly<Record<string, unknown>>, { project, location }: Place, { given, otherwise }: NamedAs): { readonly full: string } | { readonly wrong: string } {
  const name = given ?? fields['name'] ?? otherwise;
  if (typeof name !== 'string' || name === '') return { wrong: 'is missing: name the connection in the file or on the command line' };
  if (FULL.test(name)) return ID.test(name.split('/')[5] ?? '') ? { full: name } : { wrong: idWords(name.split('/')[5] ?? '') };
  if (name.includes('/')) return { wrong: 'must be projects/{project}/locations/{location}/connections/{connection}, or the last part alone' };
  if (!ID.test(name)) return { wrong: idWords(name) };
  if (project === undefined || location === undefined) return { wrong: `"${name}" needs its project and location: name it in full, or give --project and --location` };
  return { full: `projects/${project}/locations/${location}/connections/${name}` };
}

function idWords(id: string): string {
  return `"${id.slice(0, 100)}" must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters`;
}

function unknownWords(path: string, known: readonly string[]): string {
  const word = path.split('.').at(-1) ?? path;
  const meant = nearest(word, known);
  return `is no field here${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** One line for each fault: `shop.yaml:12: authConfig.authTyp: is no field here; did you mean authType?` */
export function faultLines(faults: readonly FileFault[]): readonly string[] {
  return faults.map(({ file, line, path, description }) => `${file}${line === undefined ? '' : `:${line}`}: ${path === '' ? '' : `${path} `}${description}`);
}
