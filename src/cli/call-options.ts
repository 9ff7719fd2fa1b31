// The options of every command that calls a server, and how what they leave out is made whole: names of projects, locations and
// connections.
import type { Command } from 'commander';
import type { RowOutput } from '../api/row-caller.ts';
import { nearest } from '../errors/nearest.ts';
import { CommandError } from './command-error.ts';
import { printing, type Output, type OutputOptions } from './output.ts';
import type { PlaceOptions } from './place.ts';
import { eachPage } from '../client/pages.ts';
import type { Reached } from './transport.ts';

export interface CallOptions extends PlaceOptions, OutputOptions {}

const GROUP = 'Where it calls:';

/** Options of every command that calls a server. */
export function calling(command: Command): Command {
  return command.optionsGroup(GROUP)
    .option('--server <url>', 'address of the server (KONEKTOR_SERVER)')
    .option('--token <token>', 'token to call it with (KONEKTOR_TOKEN)')
    .option('--context <name>', 'a context of "konektor context list" (KONEKTOR_CONTEXT)');
}

/** A call whose answer is printed. Options that are added afterwards stand above these in the help. @param forms of its output, where it has not all */
export function connected(command: Command, usual?: Output, forms?: readonly Output[]): Command {
  return calling(printing(command, usual, forms)).optionsGroup('Options:');
}

/** A call in a project. */
export function inProject(command: Command, usual?: Output, forms?: readonly Output[]): Command {
  return connected(command, usual, forms).optionsGroup(GROUP).option('--project <id>', 'its project (KONEKTOR_PROJECT)').optionsGroup('Options:');
}

/** A call in a location of a project. */
export function located(command: Command, usual?: Output, forms?: readonly Output[]): Command {
  return inProject(command, usual, forms).optionsGroup(GROUP)
    .option('--location <id>', 'its location (KONEKTOR_LOCATION)').optionsGroup('Options:');
}

/** A call through a connection. */
export function throughConnection(command: Command, usual?: Output): Command {
  return located(command, usual).optionsGroup(GROUP)
    .option('-c, --connection <name>', 'p/l/c, or the last part (KONEKTOR_CONNECTION)').optionsGroup('Options:');
}

/** The parser of an option that may be given again: each adds one to what was there. */
export function gather(given: string, before: readonly string[] = []): readonly string[] {
  return [...before, given];
}

const SEGMENT = /^[^/\s]+$/;

/** `projects/{project}`, of what is given, else of the options or the context, its connection included. @throws CommandError */
export function projectName({ defaults }: Pick<Reached, 'defaults'>, given?: string): string {
  const project = projectOf(defaults, given);
  if (project === undefined) throw unnamed('project');
  if (!SEGMENT.test(project)) throw new CommandError('INVALID_ARGUMENT', `"${project}" is no id of a project.`);
  return `projects/${project}`;
}

function projectOf(defaults: Reached['defaults'], given?: string): string | undefined {
  return (given ?? defaults.project ?? partOfConnection(defaults, 1))?.replace(/^projects\//, '');
}

/** A context that names a connection in full says with it where. */
function partOfConnection({ connection }: Reached['defaults'], part: 1 | 3): string | undefined {
  return wholeName(connection ?? '')?.split('/')[part];
}

/** `projects/{project}/locations/{location}`. @throws CommandError */
export function locationName(reached: Pick<Reached, 'defaults'>, given?: string): string {
  if (given?.startsWith('projects/') === true) return given;
  const location = given ?? reached.defaults.location ?? partOfConnection(reached.defaults, 3);
  // Both at once: who lacks one of them would be told of the other next.
  if (location === undefined) throw projectOf(reached.defaults) === undefined ? unnamed('project', 'location') : unnamed('location');
  if (!SEGMENT.test(location)) throw new CommandError('INVALID_ARGUMENT', `"${location}" is no id of a location.`);
  return `${projectName(reached)}/locations/${location}`;
}

const EXAMPLES = { project: 'demo', location: 'us-central1' } as const;

/** What is not named, and where it can be. */
function unnamed(...lacking: readonly (keyof typeof EXAMPLES)[]): CommandError {
  const each = (of: (one: keyof typeof EXAMPLES) => string, between: string): string => lacking.map(of).join(between);
  return new CommandError('INVALID_ARGUMENT', `No ${each((one) => one, ' and no ')} is named.`, `Pass ${each((one) => `--${one}`, ' and ')}, set ${each((one) => `KONEKTOR_${one.toUpperCase()}`, ' and ')}, or keep ${lacking.length > 1 ? 'them' : 'it'} in a context:
konektor context set NAME ${each((one) => `--${one} ${EXAMPLES[one]}`, ' ')}
What there is: ${each((one) => `konektor ${one}s list`, ', ')}`);
}

/**
 * The whole name of a connection, of what is given, else of the options or the context. An id alone is made whole by project
 * and location; where these are not known, it is looked for among the connections that the caller sees.
 * @throws CommandError
 */
export async function connectionName(reached: Pick<Reached, 'defaults' | 'call'>, given?: string): Promise<string> {
  const { project, location, connection } = reached.defaults;
  const named = given ?? connection;
  if (named === undefined) {
    throw new CommandError('INVALID_ARGUMENT', 'No connection is named.', 'Pass -c, such as -c demo/us-central1/stripe-sandbox, set KONEKTOR_CONNECTION, or\nkeep it in a context: konektor context set NAME --connection …\nWhat there is: konektor connections list');
  }
  const whole = wholeName(named);
  if (whole !== undefined) return whole;
  if (!SEGMENT.test(named)) throw new CommandError('INVALID_ARGUMENT', `"${named}" names no connection: write {project}/{location}/{connection}, or the last part.`);
  if (project !== undefined && location !== undefined) return `${locationName(reached)}/connections/${named}`;
  const seen = await Array.fromAsync(seenConnections(reached.call));
  return findByShortName(named, seen.map(({ name }) => name));
}

/** `projects/p/locations/l/connections/c` of that or of `p/l/c`; undefined for anything else. */
export function wholeName(connection: string): string | undefined {
  const [, project, location, id] = /^projects\/([^/\s]+)\/locations\/([^/\s]+)\/connections\/([^/\s]+)$/.exec(connection) ?? /^([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/.exec(connection) ?? [];
  return id === undefined ? undefined : `projects/${project}/locations/${location}/connections/${id}`;
}

/** `p/l/c` of the whole name. */
export function shortName(connection: string): string {
  return connection.replace(/^projects\/([^/]+)\/locations\/([^/]+)\/connections\/([^/]+)$/, '$1/$2/$3');
}

/** Whether it is known which project is meant. */
export function isProjectKnown({ defaults }: Pick<Reached, 'defaults'>): boolean {
  return defaults.project !== undefined || partOfConnection(defaults, 1) !== undefined;
}

/** Every connection that the caller sees, in all projects, a page of a project at a time. */
export async function* seenConnections(call: Reached['call'], query: { readonly filter?: string; readonly orderBy?: string } = {}): AsyncGenerator<RowOutput<'connections.list'>['connections'][number]> {
  for await (const { projects = [] } of eachPage((page) => call('projects.list', { path: {}, query: { pageSize: 1_000, ...page } }))) {
    for (const { projectId } of projects) {
      const location = `projects/${projectId}/locations/-`;
      try {
        for await (const { connections } of eachPage((page) => call('connections.list', { path: { location }, query: { pageSize: 1_000, ...query, ...page } }))) yield* connections;
      } catch (error) {
        // A project may be seen by those who may not see its connections.
        if (!(error instanceof CommandError) || error.code !== 'PERMISSION_DENIED') throw error;
      }
    }
  }
}

/** @throws CommandError where none or several are called so. */
export function findByShortName(wanted: string, names: readonly string[]): string {
  const found = names.filter((name) => name.endsWith(`/connections/${wanted}`));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) throw new CommandError('INVALID_ARGUMENT', `"${wanted}" is the name of several: ${found.join(', ')}.`, 'Write the whole name of one.');
  const meant = nearest(wanted, names.map((name) => name.split('/').at(-1) ?? name));
  throw new CommandError('NOT_FOUND', `There is no connection "${wanted}" that this token sees.`, meant === undefined ? 'konektor connections list shows those there are.' : `Is ${meant} meant?`);
}
