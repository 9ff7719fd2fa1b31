// konektor secrets: names under which values are kept, and their versions.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { shownLabels, withLabels } from '../labels.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import { accountEmail, idOf, resourceName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';
import { readValue, valued, type ValueOptions } from './value.ts';
import { addVersions } from './versions.ts';

interface CreateOptions extends CallOptions, ValueOptions {
  readonly label?: readonly string[];
  readonly reader?: string;
}

const COLUMNS: Columns = { SECRET: ({ name }) => idOf(name), LABELS: ({ labels }) => shownLabels(labels), CREATED: ({ createTime }) => createTime };
const ONE: Columns = { NAME: ({ name }) => name, LABELS: ({ labels }) => shownLabels(labels), ANNOTATIONS: ({ annotations }) => shownLabels(annotations), CREATED: ({ createTime }) => createTime, ETAG: ({ etag }) => etag };
const CREATE = [
  'konektor secrets create stripe-key --prompt',
  'konektor secrets create stripe-key --prompt --reader connections',
  'pass show stripe | konektor secrets create stripe-key --file -',
];
/** What the service account of a connection needs of the secret that its key is in. */
const READER_ROLES = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'] as const;

export function addSecrets(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const secrets = program.command('secrets').description('the keys of connections, and their versions')
    .addHelpText('after', `${examples(...CREATE, 'konektor secrets add-version stripe-key --prompt', 'konektor secrets versions stripe-key')}

A value is never a word of a command, where others could read it: it is asked
for (--prompt) or read (--file). A secret is named by its id, p/id, or
projects/p/secrets/id.`);

  listing(inProject(secrets.command('list')), 'labels.env:prod').description('list the secrets of a project, newest first; never values')
    .addHelpText('after', examples('konektor secrets list', 'konektor secrets list --project toko --filter labels.env:prod'))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { project: projectName(reached) };
      await printPages(terminal, options, COLUMNS, (query) => reached.call('secrets.list', { path, query }), ({ secrets: found }) => found);
    });

  inProject(secrets.command('show')).description('show a secret; never its values').argument('<secret>', 'its id').addHelpText('after', examples('konektor secrets show stripe-key', 'konektor secrets show toko/stripe-key -o yaml'))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('secrets.get', { path: { secret: resourceName(reached, 'secret', given) } }), ONE);
    });

  valued(inProject(secrets.command('create'))).description('create a secret, with a first version where a value is given').argument('<secret>', 'its id')
    .option('--label <key=value...>', 'labels').option('--reader <account>', 'service account that is to read it, such as connections')
    .addHelpText('after', `${examples(...CREATE)}\n\nA connection reads its key as its service account: --reader grants that account\nthe two roles that it needs.`)
    .action(async (given: string, { label, reader, ...options }: CreateOptions) => {
      const reached = await reach(options, shell);
      const secret = resourceName(reached, 'secret', given);
      const project = secret.split('/').slice(0, 2).join('/');
      // Before anything is made: a value that cannot be read leaves nothing behind.
      const value = await readValue(options, terminal);
      const body = { replication: { automatic: {} }, ...(label === undefined ? {} : { labels: withLabels({}, label) }) };
      const made = await reached.call('secrets.create', { path: { project }, query: { secretId: idOf(secret) }, body }).catch((error: unknown) => {
        if (error instanceof CommandError && error.code === 'ALREADY_EXISTS') throw new CommandError(error.code, error.message, `A new value for it: konektor secrets add-version ${given} --prompt`);
        throw error;
      });
      const version = value === undefined ? undefined : await reached.call('secrets.addVersion', { path: { secret }, body: { payload: { data: value.toString('base64') } } });
      if (reader !== undefined) await letRead(reached, secret, accountEmail(reader, project.slice('projects/'.length)));
      await printItem(terminal, options.output, { ...made, ...(version === undefined ? {} : { version: version.name }) }, { ...ONE, VERSION: (one) => (one['version'] === undefined ? 'none yet' : idOf(one['version'])) });
      if (value === undefined) terminal.err.write(`It has no value yet: konektor secrets add-version ${given} --prompt\n`);
    });

  inProject(secrets.command('update')).description('change the labels and annotations of a secret').argument('<secret>', 'its id')
    .option('--label <key=value...>', 'labels; key- takes one away').option('--annotation <key=value...>', 'annotations; key- takes one away')
    .addHelpText('after', examples('konektor secrets update stripe-key --label env=prod team-'))
    .action(async (given: string, { label, annotation, ...options }: CallOptions & { readonly label?: readonly string[]; readonly annotation?: readonly string[] }) => {
      if (label === undefined && annotation === undefined) throw new CommandError('INVALID_ARGUMENT', 'Nothing is to be changed: pass --label or --annotation.');
      const reached = await reach(options, shell);
      const path = { secret: resourceName(reached, 'secret', given) };
      const { labels, annotations, etag } = await reached.call('secrets.get', { path });
      const changes = { ...(label === undefined ? {} : { labels: withLabels(labels, label) }), ...(annotation === undefined ? {} : { annotations: withLabels(annotations, annotation) }) };
      await printItem(terminal, options.output, await reached.call('secrets.patch', { path, query: { updateMask: Object.keys(changes).join(',') }, body: { ...changes, etag } }), ONE);
    });

  addVersions(secrets, shell);

  confirmed(inProject(secrets.command('delete'))).description('delete a secret with all its values, for good').argument('<secret>', 'its id')
    .addHelpText('after', examples('konektor secrets delete stripe-key', 'konektor secrets delete stripe-key --yes'))
    .action(async (given: string, options: CallOptions & ConfirmOptions) => {
      const reached = await reach(options, shell);
      const path = { secret: resourceName(reached, 'secret', given) };
      const { etag } = await reached.call('secrets.get', { path });
      await confirm(terminal, options, `Deletes ${path.secret} with all its values, for good. Connections that use it stop working.`, idOf(path.secret));
      await reached.call('secrets.delete', { path, query: { etag } });
      terminal.err.write(`${path.secret} is deleted.\n`);
    });
}

async function letRead(reached: Awaited<ReturnType<typeof reach>>, secret: string, email: string): Promise<void> {
  const [{ changePolicy, granted }, { PLACES }] = await Promise.all([import('../access/policy-change.ts'), import('../access/places.ts')]);
  await changePolicy(PLACES.secret(reached.call, secret), (bindings) => granted(bindings, `serviceAccount:${email}`, READER_ROLES));
}
