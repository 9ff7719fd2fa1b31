// konektor service-accounts: whom connections and programs act as.
import type { Command } from 'commander';
import { inProject, projectName, type CallOptions } from '../call-options.ts';
import { CommandError } from '../command-error.ts';
import { confirm, confirmed, type ConfirmOptions } from '../confirm.ts';
import { examples } from '../examples.ts';
import { listing, printPages, type ListOptions } from '../listed.ts';
import { printItem, type Columns } from '../output.ts';
import { serviceAccountName } from '../resource-names.ts';
import type { Shell } from '../shell.ts';
import { reach } from '../transport.ts';

interface Options extends CallOptions, ConfirmOptions {
  readonly name?: string;
  readonly description?: string;
}

const COLUMNS: Columns = {
  ACCOUNT: ({ email }) => email, NAME: ({ displayName }) => displayName, DISABLED: ({ disabled }) => (disabled === true ? 'yes' : 'no'), DESCRIPTION: ({ description }) => description, 'UNIQUE ID': ({ uniqueId }) => uniqueId,
};
const ACCOUNT = ['<account>', 'kasir, its email, or its unique id'] as const;

export function addServiceAccounts(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const accounts = program.command('service-accounts').description('whom connections and programs act as')
    .addHelpText('after', examples('konektor service-accounts list --project toko', 'konektor service-accounts create kasir --project toko --name Kasir', 'konektor access grant serviceAccount:kasir connectors.invoker --project toko'));
  const begun = (name: string): Command => inProject(accounts.command(name));

  listing(begun('list')).description('list the service accounts of a project').addHelpText('after', examples('konektor service-accounts list', 'konektor service-accounts list --project toko -o json'))
    .action(async (options: ListOptions) => {
      const reached = await reach(options, shell);
      const path = { project: projectName(reached) };
      await printPages(terminal, options, COLUMNS, ({ pageSize, pageToken }) => reached.call('serviceAccounts.list', { path, query: { pageSize, ...(pageToken === undefined ? {} : { pageToken }) } }), (page) => page.accounts);
    });

  begun('show').description('show a service account').argument(...ACCOUNT).addHelpText('after', examples('konektor service-accounts show kasir --project toko', 'konektor service-accounts show kasir@toko.iam.gserviceaccount.com -o yaml'))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      await printItem(terminal, options.output, await reached.call('serviceAccounts.get', { path: { serviceAccount: serviceAccountName(reached, given) } }), COLUMNS);
    });

  begun('create').description('create a service account, without any role').argument('<account>', 'what stands before the @ of its email').option('--name <text>', 'what people call it').option('--description <text>', 'what it is for')
    .addHelpText('after', `${examples('konektor service-accounts create kasir --project toko --name Kasir')}\n\nNext: konektor access grant gives it a role, konektor tokens create a token.`)
    .action(async (accountId: string, { name, description, ...options }: Options) => {
      const reached = await reach(options, shell);
      const body = { accountId, serviceAccount: fieldsOf(name, description) };
      await printItem(terminal, options.output, await reached.call('serviceAccounts.create', { path: { project: projectName(reached) }, body }), COLUMNS);
    });

  begun('update').description('change the name and the description of a service account').argument(...ACCOUNT).option('--name <text>', 'what people call it').option('--description <text>', 'what it is for')
    .addHelpText('after', examples('konektor service-accounts update kasir --project toko --name "Kasir pusat"'))
    .action(async (given: string, { name, description, ...options }: Options) => {
      const serviceAccount = fieldsOf(name, description);
      const updateMask = Object.keys(serviceAccount).join(',');
      if (updateMask === '') throw new CommandError('INVALID_ARGUMENT', 'Nothing is to be changed: pass --name or --description.');
      const reached = await reach(options, shell);
      const path = { serviceAccount: serviceAccountName(reached, given) };
      await reached.call('serviceAccounts.patch', { path, body: { serviceAccount, updateMask } });
      await printItem(terminal, options.output, await reached.call('serviceAccounts.get', { path }), COLUMNS);
    });

  begun('enable').description('enable a service account').argument(...ACCOUNT).addHelpText('after', examples('konektor service-accounts enable kasir --project toko'))
    .action(async (given: string, options: CallOptions) => {
      const reached = await reach(options, shell);
      const path = { serviceAccount: serviceAccountName(reached, given) };
      await reached.call('serviceAccounts.enable', { path, body: {} });
      await printItem(terminal, options.output, await reached.call('serviceAccounts.get', { path }), COLUMNS);
    });

  confirmed(begun('disable')).description('disable a service account: its tokens stop at once').argument(...ACCOUNT).addHelpText('after', examples('konektor service-accounts disable kasir --project toko --yes'))
    .action(async (given: string, options: Options) => {
      const reached = await reach(options, shell);
      const path = { serviceAccount: serviceAccountName(reached, given) };
      const { email } = await reached.call('serviceAccounts.get', { path });
      await confirm(terminal, options, `Disables ${email}: its tokens stop at once, and connections that act as it fail their next check.`);
      await reached.call('serviceAccounts.disable', { path, body: {} });
      await printItem(terminal, options.output, await reached.call('serviceAccounts.get', { path }), COLUMNS);
    });

  confirmed(begun('delete')).description('delete a service account, for good').argument(...ACCOUNT).addHelpText('after', examples('konektor service-accounts delete kasir --project toko', 'konektor service-accounts delete kasir --project toko --yes'))
    .action(async (given: string, options: Options) => {
      const reached = await reach(options, shell);
      const path = { serviceAccount: serviceAccountName(reached, given) };
      const { email } = await reached.call('serviceAccounts.get', { path });
      await confirm(terminal, options, `Deletes ${email}, for good: its tokens stop at once, and connections that act as it fail their next check.`);
      await reached.call('serviceAccounts.delete', { path });
      terminal.err.write(`${email} is deleted.\n`);
    });
}

function fieldsOf(displayName: string | undefined, description: string | undefined): object {
  return { ...(displayName === undefined ? {} : { displayName }), ...(description === undefined ? {} : { description }) };
}
