// The forms of settings: from the text of a variable to what it means. Which settings there are is not known here. Each reader adds
// what is wrong to the faults, so that all are told at once.
import { isAbsolute } from 'node:path';

/** What a reader needs to know of a setting: the variable that it is told by. */
interface Named {
  readonly variable: string;
}

/** Where a project keeps its secrets; `*` stands for all that are not named. */
export interface SecretPlace {
  readonly project: string;
  readonly kind: 'embedded' | 'google' | 'env' | 'file';
  /** What follows the colon: a host, a prefix, a folder. */
  readonly argument: string;
}

/** An issuer of JSON Web Tokens that are taken. */
export interface IssuerSetting {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri?: string;
  readonly memberClaim?: string;
  readonly groupsClaim?: string;
  /** Comma-separated; `*` for all. */
  readonly accountProjects?: string;
  /** The console is a client of the issuer under this id: people sign in there. */
  readonly consoleClientId?: string;
  /** An absolute path: the file holds the client's secret. */
  readonly consoleClientSecretFile?: string;
  /** How the console calls the issuer. */
  readonly consoleName?: string;
  /** Separated by spaces. */
  readonly consoleScopes?: string;
}

export function readFlag(setting: Named, text: string, faults: string[]): boolean {
  const flag = text.toLowerCase();
  if (!['true', 'false', '1', '0'].includes(flag)) faults.push(`${setting.variable} is "${text}": use true or false.`);
  return flag === 'true' || flag === '1';
}

/** Addresses in lower case, as policies keep them. */
export function readMembers(setting: Named, text: string, faults: string[]): readonly string[] {
  const members = text.split(',').map((member) => member.trim()).filter((member) => member !== '');
  return members.map((member) => {
    const isMember = /^((user|serviceAccount):[^\s@:]+@[^\s@:]+|(group|domain):[^\s:]+|principal:\/\/[^\s/]+\/\S+)$/.test(member);
    if (!isMember) faults.push(`${setting.variable} names "${member}": write user:{email}, serviceAccount:{email}, group:{name}, domain:{domain} or principal://{issuer}/{subject}.`);
    return member.startsWith('principal:') ? member : member.replace(/:.*/s, (rest) => rest.toLowerCase());
  });
}

const ISSUER_KEYS = ['issuer', 'audience', 'jwksUri', 'memberClaim', 'groupsClaim', 'accountProjects', 'consoleClientId', 'consoleClientSecretFile', 'consoleName', 'consoleScopes'];

export function readIssuers(setting: Named, text: string, faults: string[]): readonly IssuerSetting[] {
  const told = (fault: string): void => void faults.push(`${setting.variable} ${fault}`);
  const list = parseList(text);
  if (list === undefined) told('is no JSON list: write [{"issuer": "https://…", "audience": "…"}].');
  const seen = new Set<unknown>();
  return (list ?? []).filter((one: unknown, index): one is IssuerSetting => {
    const entries = typeof one === 'object' && one !== null ? Object.entries(one) : [];
    const found = new Map(entries);
    const before = faults.length;
    for (const [key, value] of entries) {
      if (!ISSUER_KEYS.includes(key)) told(`[${index}] has "${key}": the keys are ${ISSUER_KEYS.join(', ')}.`);
      else if (typeof value !== 'string' || value === '') told(`[${index}].${key} must be a text.`);
    }
    for (const key of ['issuer', 'audience']) if (!found.has(key)) told(`[${index}].${key} is missing.`);
    for (const key of ['issuer', 'jwksUri']) {
      const address: unknown = found.get(key);
      if (typeof address === 'string' && !isSafeAddress(address)) told(`[${index}].${key} is "${address}": write an https address (http on loopback only), without user, query or fragment.`);
    }
    for (const key of ['consoleClientSecretFile', 'consoleName', 'consoleScopes']) if (found.has(key) && !found.has('consoleClientId')) told(`[${index}].${key} stands without consoleClientId.`);
    const [file, scopes] = [found.get('consoleClientSecretFile'), found.get('consoleScopes')];
    if (typeof file === 'string' && !isAbsolute(file)) told(`[${index}].consoleClientSecretFile is "${file}": write an absolute path.`);
    if (typeof scopes === 'string' && !scopes.split(' ').includes('openid')) told(`[${index}].consoleScopes lacks openid.`);
    if (seen.has(found.get('issuer'))) told(`[${index}].issuer is named twice.`);
    seen.add(found.get('issuer'));
    return faults.length === before;
  });
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname));
}

export function readCount(setting: Named, text: string, least: number, most: number, faults: string[]): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) faults.push(`${setting.variable} is "${text}": use a whole number from ${least} to ${most}.`);
  return value;
}

export function readHosts(setting: Named, text: string, faults: string[]): readonly string[] {
  const hosts = text.split(',').map((host) => host.trim().toLowerCase()).filter((host) => host !== '');
  for (const host of hosts) {
    const isHost = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/.test(host) && URL.canParse(`https://${host}`);
    if (!isHost) faults.push(`${setting.variable} names "${host}": write host:port.`);
  }
  return hosts;
}

export function readNames(setting: Named, text: string, faults: string[]): readonly string[] {
  const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
  for (const name of names) {
    if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) faults.push(`${setting.variable} names "${name}": use lower-case letters, digits and hyphens, separated by commas.`);
  }
  return names;
}

const PLACE_ARGUMENTS: Readonly<Record<SecretPlace['kind'], { readonly form: RegExp; readonly write: string }>> = {
  embedded: { form: /^$/, write: 'embedded' },
  google: { form: /^(|(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?)$/, write: 'google, or google:host for a regional endpoint' },
  env: { form: /^[A-Za-z_][A-Za-z0-9_]*$/, write: 'env:PREFIX_, what the names of the variables begin with' },
  file: { form: /^(\/|[A-Za-z]:\\)/, write: 'file: and the absolute path of a folder' },
};

function isPlaceKind(kind: string): kind is SecretPlace['kind'] {
  return Object.hasOwn(PLACE_ARGUMENTS, kind);
}

export function readPlaces(setting: Named, text: string, faults: string[]): readonly SecretPlace[] {
  const places = new Map<string, SecretPlace>();
  for (const part of text.split(',').map((one) => one.trim()).filter((one) => one !== '')) {
    const [, project = '', kind = '', argument = ''] = /^([^=]*)=([^:]*)(?::(.*))?$/.exec(part) ?? [];
    const told = (what: string): void => void faults.push(`${setting.variable} has "${part}": ${what}.`);
    if (!/^(\*|[a-z]([a-z0-9-]{0,61}[a-z0-9])?)$/.test(project)) told('write project=place, or *=place for all that are not named');
    else if (!isPlaceKind(kind)) told(`a place is one of ${Object.keys(PLACE_ARGUMENTS).join(', ')}`);
    else if (!PLACE_ARGUMENTS[kind].form.test(argument) || (kind === 'google' && argument !== '' && !URL.canParse(`https://${argument}`))) told(`write ${PLACE_ARGUMENTS[kind].write}`);
    else if (places.has(project)) told(`${project} stands there twice`);
    else places.set(project, { project, kind, argument });
  }
  return [...places.values()];
}
