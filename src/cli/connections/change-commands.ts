// konektor connections suspend, resume, retry, scale, label, log-level, lock, unlock, delete: one thing changed, and waited for.
import type { Command } from 'commander';
import type { ConnectionMessage } from '../../connections/fields.ts';
import { connectionName, located, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { put } from '../output.ts';
import type { Shell } from '../shell.ts';
import { reach, type Reached } from '../transport.ts';

interface Options extends CallOptions, ConfirmOptions {
  readonly wait?: boolean;
}

/** What is changed: the fields, and what they become. */
interface Change {
  readonly mask: readonly string[];
  readonly body: ConnectionMessage;
  /** `suspended` */
  readonly done: string;
  /** What is said before it is asked whether to go on; nothing is asked where it is absent. */
  readonly asked?: (name: string) => string;
}

const CONNECTION = ['[connection]', 'its name; without it that of the context'] as const;

export function addChangeCommands(connections: Command, shell: Shell): void {
  const begun = (name: string, description: string): Command =>
    located(connections.command(name)).description(description).argument(...CONNECTION).option('--no-wait', 'do not wait until it has been tried out');

  confirmed(begun('suspend', 'serve no calls through a connection until it is resumed')).addHelpText('after', examples('konektor connections suspend shop'))
    .action(async (given: string | undefined, options: Options) => change(given, options, shell, () => ({ mask: ['suspended'], body: { suspended: true }, done: 'suspended', asked: (name) => `Suspends ${name}: every call through it is refused until it is resumed.` })));

  begun('resume', 'serve calls again').addHelpText('after', examples('konektor connections resume shop'))
    .action(async (given: string | undefined, options: Options) => change(given, options, shell, () => ({ mask: ['suspended'], body: { suspended: false }, done: 'resumed' })));

  begun('retry', 'try a connection out again, such as after its key was mended').addHelpText('after', examples('konektor connections retry shop'))
    // A change of nothing: whatever is changed, the connection is tried out.
    .action(async (given: string | undefined, options: Options) => change(given, options, shell, ({ description }) => ({ mask: ['description'], body: description === undefined ? {} : { description }, done: 'tried out' })));

  begun('scale', 'change how many nodes a connection has').option('--min <count>', 'always so many').option('--max <count>', 'never more').addHelpText('after', examples('konektor connections scale shop --min 4', 'konektor connections scale shop --min 2 --max 10'))
    .action(async (given: string | undefined, { min, max, ...options }: Options & { readonly min?: string; readonly max?: string }) => {
      const { withNodes } = await import('./flags.ts');
      const flags = { ...(min === undefined ? {} : { minNodes: min }), ...(max === undefined ? {} : { maxNodes: max }) };
      if (Object.keys(flags).length === 0) throw new CommandError('INVALID_ARGUMENT', 'Nothing is to be changed: pass --min or --max.', 'konektor connections nodes shows how many there are.');
      const masks = { ...(min === undefined ? {} : { min: 'nodeConfig.minNodeCount' }), ...(max === undefined ? {} : { max: 'nodeConfig.maxNodeCount' }) };
      await change(given, options, shell, () => ({ mask: Object.values(masks), body: withNodes({}, flags), done: 'scaled' }));
    });

  located(connections.command('label')).description('set labels of a connection, or take them away').argument('<connection>', 'its name').argument('<labels...>', 'env=prod sets one, env- takes it away').option('--no-wait', 'do not wait until it has been tried out')
    .addHelpText('after', examples('konektor connections label shop env=prod team=kasir', 'konektor connections label shop env-'))
    .action(async (given: string, labels: readonly string[], options: Options) => {
      const { withLabels } = await import('../labels.ts');
      await change(given, options, shell, ({ labels: before }) => ({ mask: ['labels'], body: { labels: withLabels(before, labels) }, done: 'labelled' }));
    });

  begun('log-level', 'change how much a connection logs').requiredOption('--level <level>', 'off, ERROR, INFO or DEBUG').addHelpText('after', examples('konektor connections log-level shop --level DEBUG', 'konektor connections log-level shop --level off'))
    .action(async (given: string | undefined, { level, ...options }: Options & { readonly level: string }) => {
      const { logConfigOf } = await import('./flags.ts');
      await change(given, options, shell, () => ({ mask: ['logConfig'], body: { logConfig: logConfigOf(level) }, done: 'changed' }));
    });

  begun('lock', 'keep a connection from being changed or deleted').requiredOption('--reason <text>', 'why').addHelpText('after', examples('konektor connections lock shop --reason "Year end"'))
    .action(async (given: string | undefined, { reason, ...options }: Options & { readonly reason: string }) => change(given, options, shell, () => ({ mask: ['lockConfig'], body: { lockConfig: { locked: true, reason } }, done: 'locked' })));

  begun('unlock', 'let a connection be changed again').addHelpText('after', examples('konektor connections unlock shop'))
    .action(async (given: string | undefined, options: Options) => change(given, options, shell, () => ({ mask: ['lockConfig'], body: { lockConfig: { locked: false } }, done: 'unlocked' })));

  confirmed(located(connections.command('delete')).description('delete a connection, for good').argument('<connection>', 'its name').option('--no-wait', 'do not wait until it is gone'))
    .addHelpText('after', examples('konektor connections delete shop', 'konektor connections delete demo/us-central1/shop --yes'))
    .action(async (given: string, options: Options) => {
      const { waitFor } = await import('../operation-wait.ts');
      const reached = await reach(options, shell);
      const connection = await connectionName(reached, given);
      const id = connection.split('/').at(-1) ?? '';
      // Before it is asked about: what is not there needs no answer.
      await reached.call('connections.get', { path: { connection } });
      await confirm(shell.terminal, options, `Deletes ${connection}.`, id);
      const operation = await reached.call('connections.delete', { path: { connection } });
      if (options.wait === false) return put(shell.terminal.out, `${operation.name}\n`);
      await waitFor(reached, shell.terminal, operation, id);
      await put(shell.terminal.out, `${connection}: deleted\n`);
    });
}

async function change(given: string | undefined, options: Options, shell: Shell, what: (before: ConnectionMessage) => Change): Promise<void> {
  const { finishOne } = await import('./apply.ts');
  const reached = await reach(options, shell);
  const name = await connectionName(reached, given);
  const { mask, body, done, asked } = what(await messageOf(reached, name));
  if (asked !== undefined) await confirm(shell.terminal, options, asked(name));
  const operation = await reached.call('connections.patch', { path: { connection: name }, query: { updateMask: mask.join(',') }, body: { ...body } });
  await finishOne(reached, shell, { name, operation, done }, options);
}

/** What the connection is now, as its user set it. */
async function messageOf({ call }: Pick<Reached, 'call'>, connection: string): Promise<ConnectionMessage> {
  const { userForm } = await import('../connection-files/form.ts');
  return userForm(connection, await call('connections.get', { path: { connection } }));
}
