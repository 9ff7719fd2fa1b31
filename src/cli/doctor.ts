// konektor doctor: looks at a server and at one of its connections, step by step, and says what to do.
import type { Command } from 'commander';
import { codeOfDeed, CommandError, exitCodeOf, field } from './command-error.ts';
import type { Deeds, Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { printItems } from './output.ts';
import { printStep, readStep, summarize, type ShownStep } from './steps.ts';
import { connected } from './tokens.ts';
import { connect, type ConnectionOptions, type Transport } from './transport.ts';

interface Options extends ConnectionOptions {
  readonly output: 'table' | 'json';
  readonly json?: boolean;
}

interface ShownConnection {
  readonly name: string;
  readonly state: string;
  readonly description: string;
}

/** @param ended is told the exit code: 0 where nothing failed, else that of the first failure. */
export function addDoctor(program: Command, deeds: Deeds, terminal: Terminal, ended: (exitCode: number) => void): void {
  connected(program.command('doctor')).description('look at a server, and at a connection step by step')
    .argument('[connection]', 'projects/…/connections/…, or the last part of it; without it all are listed')
    .option('--json', 'the same as --output json')
    .addHelpText('after', examples('konektor doctor', 'konektor doctor stripe-sandbox', 'konektor doctor stripe-sandbox --json | jq .healthy'))
    .action(async (connection: string | undefined, options: Options) => {
      const isJson = options.json === true || options.output === 'json';
      const steps: ShownStep[] = [];
      const tell = (...more: readonly ShownStep[]): void => {
        steps.push(...more);
        if (!isJson) for (const step of more) printStep(terminal, step);
      };
      const connections = await examine(connection, () => connect(options, deeds, terminal), tell);
      if (isJson) terminal.out.write(`${JSON.stringify({ healthy: !steps.some(({ outcome }) => outcome === 'failed'), steps, ...(connection === undefined ? { connections } : {}) }, null, 2)}\n`);
      else showEnd(terminal, steps, connection === undefined ? connections : []);
      const failure = steps.find(({ outcome }) => outcome === 'failed');
      ended(failure === undefined ? 0 : exitCodeOf(failure.code));
    });
}

function showEnd(terminal: Terminal, steps: readonly ShownStep[], connections: readonly ShownConnection[]): void {
  terminal.out.write(`\n${summarize(steps)}\n`);
  if (connections.length === 0) return;
  terminal.out.write('\n');
  printItems(terminal, 'table', connections.map((one) => ({ ...one })), { CONNECTION: ({ name }) => name, STATE: ({ state }) => state, DESCRIPTION: ({ description }) => description });
  terminal.out.write('\nkonektor doctor CONNECTION looks at one of them.\n');
}

type Tell = (...steps: readonly ShownStep[]) => void;

/** Looks at everything that can be looked at. @returns the connections that the caller sees */
async function examine(connection: string | undefined, reach: () => Promise<Transport>, tell: Tell): Promise<readonly ShownConnection[]> {
  const transport = await attempt('server', 'Server', tell, async () => {
    const found = await reach().catch((error: unknown) => {
      // Such as a server that is just starting.
      throw error instanceof CommandError || !(error instanceof Error) ? error : new CommandError(codeOfDeed(error) ?? 'UNAVAILABLE', error.message);
    });
    const started = performance.now();
    await found.probe('/healthz');
    return [found, `${found.server} answers in ${Math.round(performance.now() - started)} ms.`];
  });
  if (transport === undefined) return [];
  await tellReadiness(transport, tell);
  const server = await attempt('token', 'Token', tell, async () => [await transport.call('GET', '/v1/diagnosis'), 'Accepted.']);
  if (server === undefined) return [];
  tell(...stepsIn(server));
  // A whole name needs no list to be found in.
  const isWhole = connection !== undefined && connection.includes('/');
  const listed = isWhole ? [] : await attempt('connections', 'Connections', tell, async () => {
    const all = await listConnections(transport);
    return [all, `${all.length} that this token sees.`];
  });
  if (listed === undefined || connection === undefined) return listed ?? [];
  const name = isWhole ? connection : await attempt('name', 'Name', tell, async () => {
    const one = findByShortName(connection, listed);
    return [one, one];
  });
  if (name === undefined) return listed;
  const diagnosis = await attempt('permission', 'Permission', tell, async () => {
    const path = name.split('/').map(encodeURIComponent).join('/');
    return [await transport.call('POST', `/v1/${path}:diagnose`, {}), 'This token may look at the connection.'];
  });
  if (diagnosis !== undefined) tell(...stepsIn(diagnosis));
  return listed;
}

/** One step that is taken here. @returns undefined where it failed */
async function attempt<T>(id: string, title: string, tell: Tell, work: () => Promise<readonly [T, string]>): Promise<T | undefined> {
  try {
    const [found, message] = await work();
    tell({ id, title, outcome: 'ok', message });
    return found;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell({ id, title, outcome: 'failed', message: error.message, code: error.code, ...(error.hint === undefined ? {} : { hint: error.hint }) });
    return undefined;
  }
}

async function tellReadiness(transport: Transport, tell: Tell): Promise<void> {
  const { status, body } = await transport.probe('/readyz');
  const parts = Object.entries(Object(field(body, 'parts')) as Readonly<Record<string, unknown>>);
  const lacking = parts.filter(([, state]) => state !== 'ok').map(([part, state]) => `${part}: ${String(state)}`);
  const step = { id: 'ready', title: 'Ready' } as const;
  if (status === 200) tell({ ...step, outcome: 'ok', message: `Takes calls (${parts.map(([part]) => part).join(', ')}).` });
  else if (status === 503) tell({ ...step, outcome: 'failed', message: `Takes no calls: ${lacking.join(', ')}.`, hint: 'The log of the server says why.', code: 'UNAVAILABLE' });
  else tell({ ...step, outcome: 'failed', message: `/readyz answered ${status}.`, hint: 'Is this a server of Konektor, and of this version?', code: 'UNKNOWN' });
}

async function listConnections(transport: Transport): Promise<readonly ShownConnection[]> {
  const found: ShownConnection[] = [];
  for await (const project of transport.list('/v1/projects?pageSize=1000', 'projects')) {
    const within = `/v1/projects/${encodeURIComponent(String(project['projectId']))}/locations/-/connections?pageSize=1000`;
    try {
      for await (const one of transport.list(within, 'connections')) {
        const [state, description] = [field(one['status'], 'state'), field(one['status'], 'description')];
        found.push({ name: String(one['name']), state: typeof state === 'string' ? state : '', description: typeof description === 'string' ? description : '' });
      }
    } catch (error) {
      // A project may be seen by those who may not see its connections.
      if (!(error instanceof CommandError) || error.code !== 'PERMISSION_DENIED') throw error;
    }
  }
  return found;
}

function findByShortName(wanted: string, listed: readonly ShownConnection[]): string {
  const names = listed.map(({ name }) => name).filter((name) => name.endsWith(`/connections/${wanted}`));
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  if (names.length > 1) throw new CommandError('INVALID_ARGUMENT', `"${wanted}" is the name of several: ${names.join(', ')}.`, 'Write the whole name of one.');
  throw new CommandError('NOT_FOUND', `There is no connection "${wanted}" that this token sees.`, 'konektor doctor lists them.');
}

function stepsIn(answer: Readonly<Record<string, unknown>>): readonly ShownStep[] {
  const { steps } = answer;
  return (Array.isArray(steps) ? steps : []).map(readStep);
}
