// What is sent of a draft: the body of a connection, after the templates of its connector's version.
import type { AuthTemplate, ConnectorVersion, VariableTemplate } from '../api/catalogue.ts';
import { chosenWay, type Destination, type Draft } from './draft.ts';

export interface BodyVariable {
  readonly key: string;
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly boolValue?: boolean;
  readonly secretValue?: { readonly secretVersion?: string };
}

export interface BodyDestination {
  readonly host?: string;
  readonly port?: number | string;
}

/** A connection as the API takes it: what its user sets. */
export interface ConnectionBody {
  readonly connectorVersion?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
  readonly nodeConfig?: { readonly minNodeCount?: number | string; readonly maxNodeCount?: number | string };
  readonly configVariables?: readonly BodyVariable[];
  readonly destinationConfigs?: readonly { readonly key: string; readonly destinations?: readonly BodyDestination[] }[];
  readonly authConfig?: {
    readonly authType?: string;
    readonly authKey?: string;
    readonly additionalVariables?: readonly BodyVariable[];
    readonly userPassword?: { readonly username?: string; readonly password?: { readonly secretVersion?: string } };
  };
  readonly logConfig?: { readonly enabled?: boolean; readonly level?: string };
}

/** Whether the proxy's fields are shown; they are sent only then. */
export function usesProxy({ variables }: Pick<Draft, 'variables'>): boolean {
  return variables['proxy_enabled'] === 'true';
}

export const isOfProxy = (key: string): boolean => key.startsWith('proxy_') && key !== 'proxy_enabled';

/** Of its templates, what the form does not show: the proxy's where none is used. */
const isShown = (draft: Draft) => ({ key }: { readonly key: string }): boolean => usesProxy(draft) || !isOfProxy(key);

/**
 * What a connection had beside what is shown goes along unchanged. Not to another connector, which does not know it; nor what it had
 * of a proxy that is used no longer: a password that nobody sees would stay there.
 */
function keptOf<One extends { readonly key: string }>({ given, connector, ...draft }: Draft, part: (from: Draft['given']) => readonly One[] | undefined, shown: readonly { readonly key: string }[]): readonly One[] {
  if (given.connector !== connector) return [];
  const leftProxy = given.configVariables?.some(({ key, boolValue }) => key === 'proxy_enabled' && boolValue === true) === true && !usesProxy(draft);
  return (part(given) ?? []).filter(({ key }) => !shown.some((one) => one.key === key) && !(leftProxy && isOfProxy(key)));
}

/** What is empty is left out: the server knows the defaults. A text that is no number is sent as it is, to be told why. */
export function bodyOf(draft: Draft, version: ConnectorVersion | undefined): ConnectionBody {
  const { description, serviceAccount, minNodes, maxNodes, labels, logLevel, rest } = draft;
  const configVariables = variablesOf(draft, version);
  const destinationConfigs = destinationsOf(draft, version);
  const authConfig = authOf(draft, chosenWay(draft, version));
  const nodes = { ...(minNodes === '' ? {} : { minNodeCount: numberOf(minNodes) }), ...(maxNodes === '' ? {} : { maxNodeCount: numberOf(maxNodes) }) };
  return {
    ...(draft.version === '' ? {} : { connectorVersion: draft.version }),
    ...(description === '' ? {} : { description }),
    ...(labels.length === 0 ? {} : { labels: Object.fromEntries(labels.map(({ key, value }) => [key, value])) }),
    ...(serviceAccount === '' ? {} : { serviceAccount }),
    ...(configVariables.length === 0 ? {} : { configVariables }),
    ...(authConfig === undefined ? {} : { authConfig }),
    ...(destinationConfigs.length === 0 ? {} : { destinationConfigs }),
    ...(Object.keys(nodes).length === 0 ? {} : { nodeConfig: nodes }),
    ...(logLevel === '' ? {} : { logConfig: { enabled: true, level: logLevel } }),
    ...rest,
  };
}

function numberOf(text: string): number | string {
  return /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : text;
}

function variablesOf(draft: Draft, version: ConnectorVersion | undefined): readonly BodyVariable[] {
  const shown = (version?.configVariableTemplates ?? []).filter(isShown(draft));
  const kept = keptOf(draft, ({ configVariables }) => configVariables, shown);
  return [...shown.map((template) => variableOf(template, draft.variables[template.key] ?? '')).filter((one) => one !== undefined), ...kept];
}

function variableOf({ key, valueType }: Pick<VariableTemplate, 'key' | 'valueType'>, text: string): BodyVariable | undefined {
  if (text === '') return undefined;
  if (valueType === 'BOOL') return text === 'true' ? { key, boolValue: true } : undefined;
  if (valueType === 'SECRET') return { key, secretValue: { secretVersion: text } };
  return valueType === 'INT' ? { key, intValue: text } : { key, stringValue: text };
}

function destinationsOf(draft: Draft, version: ConnectorVersion | undefined): NonNullable<ConnectionBody['destinationConfigs']> {
  const shown = (version?.destinationConfigTemplates ?? []).filter(isShown(draft));
  const kept = keptOf(draft, ({ destinationConfigs }) => destinationConfigs, shown);
  return [...shown.flatMap(({ key }) => ((draft.destinations[key] ?? []).length === 0 ? [] : [{ key, destinations: (draft.destinations[key] ?? []).map(bodyDestination) }])), ...kept];
}

function bodyDestination({ host, port }: Destination): BodyDestination {
  return { ...(host === '' ? {} : { host }), ...(port === '' ? {} : { port: numberOf(port) }) };
}

/** USER_PASSWORD has a block of its own; every other way is a list of variables. */
function authOf(draft: Draft, way: AuthTemplate | undefined): ConnectionBody['authConfig'] {
  if (way === undefined) return undefined;
  const { authType, authKey, configVariableTemplates } = way;
  const text = (key: string): string => draft.auth[key] ?? '';
  if (authType === 'USER_PASSWORD') {
    return { authType, userPassword: { ...(text('username') === '' ? {} : { username: text('username') }), ...(text('password') === '' ? {} : { password: { secretVersion: text('password') } }) } };
  }
  const additionalVariables = configVariableTemplates.map((template) => variableOf(template, text(template.key))).filter((one) => one !== undefined);
  return { authType, ...(authKey === undefined ? {} : { authKey }), ...(additionalVariables.length === 0 ? {} : { additionalVariables }) };
}

/** What a change of everything that the form shows names. */
export const FORM_MASK = 'connectorVersion,description,labels,serviceAccount,configVariables,authConfig,destinationConfigs,nodeConfig,logConfig';
