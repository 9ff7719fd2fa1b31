// Plans carried out: their differences shown, asked about where that is wanted, one connection after the other, each waited
// for. A fault of any file is told before anything is done.
import type { DiffLine } from '../connection-files/write.ts';
import type { Code } from '../../errors/codes.ts';
import { planConnection, type Plan } from '../connection-files/plan.ts';
import { faultLines, type WantedConnection } from '../connection-files/read.ts';
import type { FileFault } from '../connection-files/document.ts';
import { painter, type Color } from '../colors.ts';
import { CommandError } from '../command-error.ts';
import { confirm, type ConfirmOptions } from '../confirm.ts';
import type { Writable } from '../deeds.ts';
import { waitFor } from '../operation-wait.ts';
import { printItem, printItems, put, type OutputOptions } from '../output.ts';
import type { Shell } from '../shell.ts';
import type { Reached } from '../transport.ts';
import { cell } from '../width.ts';
import { complaintOf, type ShownConnection } from './settle.ts';
import { validatePlans } from './validate.ts';

export interface ApplyOptions extends ConfirmOptions, OutputOptions {
  readonly dryRun?: true;
  /** `false` by --no-wait. */
  readonly wait?: boolean;
}

/** What may be done of a plan: only creations, only changes, or whatever is needed. */
export type Deeds = 'create' | 'update' | 'any';

export interface Intent {
  readonly deeds: Deeds;
  /** The command that changes what was to be created and is there. */
  readonly instead?: string;
}

/** There is a difference, as `diff` says it. */
const DIFFERS = 1;
const COLORS: Readonly<Record<DiffLine['kind'], Color | undefined>> = { head: 'bold', place: 'cyan', added: 'green', removed: 'red', same: undefined };

/** @throws CommandError with every fault */
export function refuse(faults: readonly FileFault[]): void {
  if (faults.length > 0) throw new CommandError('INVALID_ARGUMENT', faultLines(faults).map(cell).join('\n'), 'Nothing was done.');
}

/** @throws CommandError where what may be done is not what is needed, or a file asks for what cannot be. */
export async function planAll({ call }: Pick<Reached, 'call'>, shell: Shell, wanted: readonly WantedConnection[], { deeds, instead }: Intent): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const one of wanted) plans.push(planConnection(one, await find(call, one.name, ABSENT[deeds])));
  if (deeds === 'create') await refuseExisting(shell, plans.filter(({ deed }) => deed !== 'create'), instead);
  refuse(plans.flatMap(({ faults }) => faults));
  return plans;
}

/** Errors of a look at a connection after which it may be created. Who may create may not always look. */
const ABSENT: Readonly<Record<Deeds, readonly Code[]>> = { create: ['NOT_FOUND', 'PERMISSION_DENIED'], update: [], any: ['NOT_FOUND'] };

async function find(call: Reached['call'], connection: string, absent: readonly Code[]): Promise<ShownConnection | undefined> {
  try {
    return await call('connections.get', { path: { connection } });
  } catch (error) {
    if (error instanceof CommandError && absent.includes(error.code)) return undefined;
    throw error;
  }
}

/** Shows how those that are there differ from what was to be created. @throws CommandError where there are any */
async function refuseExisting(shell: Shell, existing: readonly Plan[], instead = ''): Promise<void> {
  if (existing.length === 0) return;
  const differing = existing.filter(({ deed }) => deed === 'update');
  await showDifferences(shell.terminal.err, shell, differing);
  const told = existing.map(({ wanted: { name }, deed }) => `${name} is there already, ${deed === 'none' ? 'as it shall be' : 'and differs'}.`).join('\n');
  throw new CommandError('ALREADY_EXISTS', told, differing.length === 0 ? 'Nothing was done.' : `Nothing was done. This changes what differs: ${instead}`);
}

/** What the plans would do, as `diff -u` shows it; in colours on a terminal. */
export async function showDifferences(out: Writable, shell: Shell, plans: readonly Plan[]): Promise<void> {
  const paint = painter(out, shell.terminal);
  for (const { kind, text } of plans.flatMap(({ diff }) => diff)) await put(out, `${paint(COLORS[kind], cell(text))}\n`);
}

/** Does what the plans say, asking first where `asks`. Tells the exit code of a dry run: 0 where nothing differs, 1 where something does. */
export async function apply(reached: Reached, shell: Shell, plans: readonly Plan[], options: ApplyOptions, asks: boolean): Promise<void> {
  const { terminal, ended } = shell;
  const changes = plans.filter(({ deed }) => deed !== 'none');
  if (options.dryRun === true) {
    await showDifferences(terminal.out, shell, changes);
    await validatePlans(reached, terminal, changes);
    return ended(changes.length > 0 ? DIFFERS : 0);
  }
  await showDifferences(terminal.err, shell, changes.filter(({ deed }) => asks || deed === 'update'));
  if (asks && changes.length > 0) {
    // Nobody is asked about what the server would refuse.
    if (options.yes !== true) await validatePlans(reached, terminal, changes);
    await confirm(terminal, options, summaryOf(changes));
  }
  let failed: CommandError | undefined;
  const shown: object[] = [];
  for (const plan of plans) {
    const { complaint, item } = await carryOut(reached, shell, plan, options).catch((error: unknown): End => {
      if (error instanceof CommandError && error.code !== 'CANCELLED' && plans.length > 1) return { complaint: error };
      throw error;
    });
    if (complaint !== undefined && plans.length > 1) terminal.err.write(`${complaint.message}\n${complaint.hint === undefined ? '' : `${complaint.hint}\n`}`);
    failed ??= complaint;
    if (item !== undefined) shown.push(item);
  }
  if (options.output !== 'table') await printShown(shell, options, shown);
  if (failed !== undefined && plans.length === 1) throw failed;
  if (failed !== undefined) ended(failed.exitCode);
}

/** `Creates 1 connection and changes 2.` */
function summaryOf(changes: readonly Plan[]): string {
  const count = (deed: Plan['deed']): number => changes.filter((one) => one.deed === deed).length;
  const of = (number: number): string => `${number} connection${number === 1 ? '' : 's'}`;
  const parts = [...(count('create') > 0 ? [`creates ${of(count('create'))}`] : []), ...(count('update') > 0 ? [`changes ${of(count('update'))}`] : [])];
  return `This ${parts.join(' and ')}.`;
}

/** What came of one: what is wrong with it, and what is shown of it in other forms than a table. */
interface End {
  readonly complaint?: CommandError;
  readonly item?: object;
}

/** One as it is, several as a list. */
async function printShown({ terminal }: Shell, { output }: OutputOptions, shown: readonly object[]): Promise<void> {
  const [first] = shown;
  const columns = Object.fromEntries([...new Set(shown.flatMap(Object.keys))].map((key) => [key, (item: Readonly<Record<string, unknown>>) => item[key]]));
  if (first !== undefined && shown.length === 1) return printItem(terminal, output, first, columns);
  return printItems(terminal, output, shown, columns);
}

async function carryOut(reached: Reached, shell: Shell, plan: Plan, { wait, output }: ApplyOptions): Promise<End> {
  const { wanted: { name }, deed } = plan;
  const tells = output === 'table';
  if (deed === 'none') {
    if (tells) await put(shell.terminal.out, `${name}: as it shall be\n`);
    return tells ? {} : { item: await reached.call('connections.get', { path: { connection: name } }) };
  }
  return finish(reached, shell, { name, operation: await send(reached, plan), done: deed === 'create' ? 'created' : 'changed', waits: wait !== false, tells });
}

/** The server's faults are told with the lines of the file. */
async function send({ call }: Pick<Reached, 'call'>, { wanted: { name, file, lineOf }, deed, mask, body }: Plan): Promise<{ readonly name: string; readonly done: boolean }> {
  const parts = name.split('/');
  try {
    return deed === 'create'
      ? await call('connections.create', { path: { location: parts.slice(0, 4).join('/') }, query: { connectionId: parts[5] ?? '' }, body: { ...body } })
      : await call('connections.patch', { path: { connection: name }, query: { updateMask: mask.join(',') }, body: { ...body } });
  } catch (error) {
    if (!(error instanceof CommandError) || error.violations.length === 0 || file === '') throw error;
    throw new CommandError(error.code, faultLines(error.violations.map(({ field, description }) => ({ file, line: lineOf(field), path: field, description }))).map(cell).join('\n'), deed === 'create' ? 'Nothing was created.' : 'Nothing was changed.');
  }
}

export interface Begun {
  readonly name: string;
  readonly operation: { readonly name: string; readonly done?: boolean };
  /** What has been done to it, in a word. */
  readonly done: string;
  readonly waits: boolean;
  /** In words, on the output. */
  readonly tells: boolean;
}

/** Waits for an operation on a connection, and tells how the connection is. */
export async function finish(reached: Reached, { terminal }: Shell, { name, operation, done, waits, tells }: Begun): Promise<End> {
  if (!waits) {
    if (tells) await put(terminal.out, `${operation.name}\n`);
    return { item: operation };
  }
  await waitFor(reached, terminal, operation, name.split('/').at(-1) ?? name);
  const connection = await reached.call('connections.get', { path: { connection: name } });
  const { state, description } = connection.status;
  const complaint = await complaintOf(connection);
  if (complaint === undefined && tells) await put(terminal.out, `${name}: ${done}, ${cell(state)}${typeof description === 'string' && description !== '' ? `: ${cell(description)}` : ''}\n`);
  return { item: connection, ...(complaint === undefined ? {} : { complaint }) };
}

/** A single change, sent by others: waited for, told, and complained of. @throws CommandError */
export async function finishOne(reached: Reached, shell: Shell, begun: Omit<Begun, 'waits' | 'tells'>, { wait, output }: Pick<ApplyOptions, 'wait' | 'output'>): Promise<void> {
  const { complaint, item } = await finish(reached, shell, { ...begun, waits: wait !== false, tells: output === 'table' });
  if (output !== 'table' && item !== undefined) await printShown(shell, { output }, [item]);
  if (complaint !== undefined) throw complaint;
}
