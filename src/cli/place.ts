// Where a command calls and by which token: an option, else a variable, else a context, else the data folder. A token that
// belongs to a server goes to that server and to no other.
import { CommandError } from './command-error.ts';
import { readContexts, tokenOf, type Context } from './context-file.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { nearest } from '../errors/nearest.ts';

/** What is meant where a command does not say it. */
export interface Defaults {
  readonly project?: string;
  readonly location?: string;
  readonly connection?: string;
}

export interface PlaceOptions extends Defaults {
  readonly server?: string;
  readonly token?: string;
  readonly context?: string;
}

export interface Place {
  /** `http://127.0.0.1:8080` */
  readonly server: string;
  readonly token: string;
  readonly defaults: Defaults;
}

type Environment = Terminal['environment'];

/** @throws CommandError where no server is named or found, or no token belongs to it. */
export async function findPlace(options: PlaceOptions, { findLocalServer }: Pick<Deeds, 'findLocalServer'>, environment: Environment): Promise<Place> {
  const named = options.context ?? text(environment['KONEKTOR_CONTEXT']);
  const chosen = readChosen(named, environment);
  // A context that is named by an option is as good as the options: it comes before the variables.
  const said = firstOf([options, options.context === undefined ? {} : (chosen?.context ?? {}), ofEnvironment(environment), chosen?.context ?? {}]);
  const server = said('server');
  const ownToken = options.token ?? (options.context === undefined ? text(environment['KONEKTOR_TOKEN']) : undefined);
  const contextToken = (address: string | undefined): string | undefined =>
    (chosen === undefined || !isSame(chosen.context.server, address) ? undefined : tokenOf(chosen.name, chosen.context, environment));
  const given = ownToken ?? (server === undefined ? undefined : contextToken(server)) ?? (options.context === undefined ? undefined : text(environment['KONEKTOR_TOKEN']));
  const local = server === undefined || given === undefined ? await findLocalServer() : undefined;
  const address = server ?? local?.url;
  if (address === undefined) {
    throw new CommandError('UNAVAILABLE', 'No server runs on this data folder.', 'Start one with "konektor serve", or name one: --server http://host:8080 (KONEKTOR_SERVER), or --context.');
  }
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw new CommandError('INVALID_ARGUMENT', `"${address}" is no address of a server: write http://host:8080.`);
  // The token of this folder's administrator goes to this folder's server and to no other.
  const isLocal = server === undefined || isSame(server, local?.url);
  const isOfContext = server !== undefined && isSame(server, chosen?.context.server);
  const token = given ?? (isLocal ? (tokenWithoutServer(chosen, environment) ?? local?.token) : (isOfContext ? undefined : text(environment['KONEKTOR_ADMIN_TOKEN'])));
  if (token === undefined) throw new CommandError('UNAUTHENTICATED', 'There is no token to call the server with.', 'Pass --token, set KONEKTOR_TOKEN, or keep it in a context: konektor context set.');
  return { server: address.replace(/\/+$/, ''), token, defaults: { ...only('project', said), ...only('location', said), ...only('connection', said) } };
}

interface Chosen {
  readonly name: string;
  readonly context: Context;
}

function readChosen(named: string | undefined, environment: Environment): Chosen | undefined {
  const { current, contexts } = readContexts(environment);
  const name = named ?? current;
  if (name === undefined) return undefined;
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (context !== undefined) return { name, context };
  const meant = nearest(name, Object.keys(contexts));
  throw new CommandError('NOT_FOUND', `There is no context "${name}".`, meant === undefined ? 'konektor context list shows those there are.' : `Is ${meant} meant?`);
}

/** A context without a server is one for the server of the data folder. */
function tokenWithoutServer(chosen: Chosen | undefined, environment: Environment): string | undefined {
  return chosen === undefined || chosen.context.server !== undefined ? undefined : tokenOf(chosen.name, chosen.context, environment);
}

function ofEnvironment(environment: Environment): Omit<PlaceOptions, 'context'> {
  const of = (key: 'server' | 'project' | 'location' | 'connection'): object => {
    const value = text(environment[`KONEKTOR_${key.toUpperCase()}`]);
    return value === undefined ? {} : { [key]: value };
  };
  return { ...of('server'), ...of('project'), ...of('location'), ...of('connection') };
}

type Said = (key: 'server' | 'project' | 'location' | 'connection') => string | undefined;

function firstOf(sources: readonly Omit<PlaceOptions, 'context'>[]): Said {
  return (key) => sources.map((source) => source[key]).find((value) => value !== undefined);
}

function only(key: keyof Defaults, said: Said): Defaults {
  const value = said(key);
  return value === undefined ? {} : { [key]: value };
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}

function text(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
