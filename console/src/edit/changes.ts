// What saving would change, field by field, and the shortest mask that names it. A field is what a person sees as one: a variable, a
// label, a destination.
import type { BodyVariable, ConnectionBody } from '../connection-form/body.ts';

export type ChangedPart = 'field' | 'label' | 'variable' | 'auth' | 'destination';

export interface Change {
  readonly part: ChangedPart;
  /** Of the part: `verbosity`; of a field its path: `nodeConfig.minNodeCount`. */
  readonly key: string;
  /** What the mask of the change names: `configVariables`. */
  readonly mask: string;
  /** Absent where it is not set. */
  readonly before?: string;
  readonly after?: string;
}

type Shown = ReadonlyMap<string, Omit<Change, 'before' | 'after'> & { readonly text: string }>;

export function changesOf(before: ConnectionBody, after: ConnectionBody): readonly Change[] {
  const [was, is] = [shown(before), shown(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((at) => {
    const [old, now] = [was.get(at), is.get(at)];
    const known = now ?? old;
    if (known === undefined || old?.text === now?.text) return [];
    const { part, key, mask } = known;
    return [{ part, key, mask, ...(old === undefined ? {} : { before: old.text }), ...(now === undefined ? {} : { after: now.text }) }];
  });
}

export function maskOf(changes: readonly Change[]): string {
  return [...new Set(changes.map(({ mask }) => mask))].join(',');
}

/** The fields that the mask names, and no others: those that are absent are cleared. */
export function bodyOfChanges(after: ConnectionBody, changes: readonly Change[]): object {
  const fields = new Set(changes.map(({ mask }) => mask.split('.')[0] ?? ''));
  return Object.fromEntries(Object.entries(after).filter(([field]) => fields.has(field)));
}

function shown({ connectorVersion, description, serviceAccount, labels = {}, nodeConfig = {}, configVariables = [], authConfig = {}, destinationConfigs = [], logConfig }: ConnectionBody): Shown {
  const { authType, authKey, additionalVariables = [], userPassword } = authConfig;
  const all: readonly (readonly [ChangedPart, string, string, string | number | undefined])[] = [
    ['field', 'connectorVersion', 'connectorVersion', connectorVersion], ['field', 'description', 'description', description], ['field', 'serviceAccount', 'serviceAccount', serviceAccount],
    ['field', 'nodeConfig.minNodeCount', 'nodeConfig.minNodeCount', nodeConfig.minNodeCount], ['field', 'nodeConfig.maxNodeCount', 'nodeConfig.maxNodeCount', nodeConfig.maxNodeCount],
    ['field', 'authConfig', 'authConfig', authType === undefined ? undefined : `${authType} ${authKey ?? ''}`.trim()],
    ['auth', 'username', 'authConfig', userPassword?.username], ['auth', 'password', 'authConfig', userPassword?.password?.secretVersion],
    ...additionalVariables.map((one) => ['auth', one.key, 'authConfig', textOf(one)] as const),
    ...configVariables.map((one) => ['variable', one.key, 'configVariables', textOf(one)] as const),
    ...destinationConfigs.map(({ key, destinations = [] }) => ['destination', key, 'destinationConfigs', destinations.map(({ host = '', port }) => (port === undefined ? host : `${host}:${port}`)).join(', ')] as const),
    ...Object.entries(labels).map(([key, value]) => ['label', key, 'labels', value] as const),
    ['field', 'logConfig', 'logConfig', logConfig?.enabled === true ? (logConfig.level ?? 'INFO') : undefined],
  ];
  return new Map(all.flatMap(([part, key, mask, value]) => (value === undefined ? [] : [[`${part} ${key}`, { part, key, mask, text: String(value) }] as const])));
}

function textOf({ secretValue, boolValue, intValue, stringValue }: BodyVariable): string {
  return String(secretValue?.secretVersion ?? boolValue ?? intValue ?? stringValue ?? '');
}
