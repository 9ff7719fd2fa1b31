// konektor doctor: looks at a server and at one of its connections, step by step, and says what to do.
import type { Command } from 'commander';
import { connected, findByShortName, seenConnections, wholeName, type CallOptions } from './call-options.ts';
import { codeOfDeed, CommandError, exitCodeOf } from './command-error.ts';
import { field, membersOf, textIn } from './members.ts';
import type { Terminal } from './deeds.ts';
import { examples } from './examples.ts';
import { printItem, printItems, type Output } from './output.ts';
import type { Shell } from './shell.ts';
import { printStep, readStep, summarize, type ShownStep } from './steps.ts';
import { reach, type Reached } from './transport.ts';

interface Options extends CallOptions {
  readonly json?: boolean;
}

interface ShownConnection {
  readonly name: string;
  readonly state: string;
  readonly description: string;
}

/** Its exit code is 0 where nothing failed, else that of the first failure. */
export function addDoctor(program: Command, shell: Shell): void {
  const { terminal, ended } = shell;
  connected(program.command('doctor')).description('look at a server, and at a connection step by step')
    .argument('[connection]', 'projects/…/connections/…, or the last part of it; without it all are listed')
    .option('--json', 'the same as --output json')
    .addHelpText('after', examples('konektor doctor', 'konektor doctor stripe-sandbox', 'konektor doctor stripe-sandbox --json | jq .healthy'))
    .action(async (connection: string | undefined, options: Options) => {
      const output = options.json === true ? 'json' : options.output;
      const steps: ShownStep[] = [];
      const tell = (...more: readonly ShownStep[]): void => {
        steps.push(...more);
        if (output === 'table') for (const step of more) printStep(terminal, step);
      };
      const connections = await examine(connection, () => reach(options, shell), tell);
      await showEnd(terminal, output, steps, connection === undefined ? connections : undefined);
      const failure = steps.find(({ outcome }) => outcome === 'failed');
      ended(failure === undefined ? 0 : exitCodeOf(failure.code));
    });
}

async function showEnd(terminal: Terminal, output: Output, steps: readonly ShownStep[], connections: readonly ShownConnection[] | undefined): Promise<void> {
  if (output === 'json' || output === 'yaml') return printItem(terminal, output, { healthy: !steps.some(({ outcome }) => outcome === 'failed'), steps, ...(connections === undefined ? {} : { connections }) }, {});
  if (output !== 'table') return printItems(terminal, output, steps, { id: ({ id }) => id, outcome: ({ outcome }) => outcome, message: ({ message }) => message, hint: ({ hint }) => hint, code: ({ code }) => code });
  terminal.out.write(`\n${summarize(steps)}\n`);
  if (connections === undefined || connections.length === 0) return;
  terminal.out.write('\n');
  await printItems(terminal, 'table', connections, { CONNECTION: ({ name }) => name, STATE: ({ state }) => state, DESCRIPTION: ({ description }) => description });
  terminal.out.write('\nkonektor doctor CONNECTION looks at one of them.\n');
}

type Tell = (...steps: readonly ShownStep[]) => void;

/** Looks at everything that can be looked at. @returns the connections that the caller sees */
async function examine(connection: string | undefined, find: () => Promise<Reached>, tell: Tell): Promise<readonly ShownConnection[]> {
  const transport = await attempt('server', 'Server', tell, async () => {
    const found = await find().catch((error: unknown) => {
      // Such as a server that is just starting.
      throw error instanceof CommandError || !(error instanceof Error) ? error : new CommandError(codeOfDeed(error) ?? 'UNAVAILABLE', error.message);
    });
    const started = performance.now();
    await found.probe('/healthz');
    return [found, `${found.server} answers in ${Math.round(performance.now() - started)} ms.`];
  });
  if (transport === undefined) return [];
  await tellReadiness(transport, tell);
  const server = await attempt('token', 'Token', tell, async () => [await transport.call('server.diagnose', { path: {} }), 'Accepted.']);
  if (server === undefined) return [];
  tell(...stepsIn(server));
  // A whole name needs no list to be found in.
  const whole = connection === undefined ? undefined : wholeName(connection);
  const listed = whole !== undefined ? [] : await attempt('connections', 'Connections', tell, async () => {
    const all = (await Array.fromAsync(seenConnections(transport.call))).map(({ name, status }) => ({ name, state: textIn(status, 'state'), description: textIn(status, 'description') }));
    return [all, `${all.length} that this token sees.`];
  });
  if (listed === undefined || connection === undefined) return listed ?? [];
  const name = whole ?? await attempt('name', 'Name', tell, async () => {
    const one = findByShortName(connection, listed.map(({ name }) => name));
    return [one, one];
  });
  if (name === undefined) return listed;
  const diagnosis = await attempt('permission', 'Permission', tell, async () => {
    return [await transport.call('connections.diagnose', { path: { connection: name }, body: {} }), 'This token may look at the connection.'];
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

async function tellReadiness(transport: Reached, tell: Tell): Promise<void> {
  const { status, body } = await transport.probe('/readyz');
  const parts = Object.entries(membersOf(field(body, 'parts')));
  const lacking = parts.filter(([, state]) => state !== 'ok').map(([part, state]) => `${part}: ${String(state)}`);
  const step = { id: 'ready', title: 'Ready' } as const;
  if (status === 200) tell({ ...step, outcome: 'ok', message: `Takes calls (${parts.map(([part]) => part).join(', ')}).` });
  else if (status === 503) tell({ ...step, outcome: 'failed', message: `Takes no calls: ${lacking.join(', ')}.`, hint: 'The log of the server says why.', code: 'UNAVAILABLE' });
  else tell({ ...step, outcome: 'failed', message: `/readyz answered ${status}.`, hint: 'Is this a server of Konektor, and of this version?', code: 'UNKNOWN' });
}

function stepsIn({ steps }: { readonly steps: readonly unknown[] }): readonly ShownStep[] {
  return steps.map(readStep);
}
