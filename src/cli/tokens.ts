// konektor tokens: mint, list, revoke.
import type { Command } from 'commander';
import { connected, type CallOptions } from './call-options.ts';
import { readSeconds } from './duration.ts';
import { confirm, confirmed, type ConfirmOptions } from './confirm.ts';
import { examples } from './examples.ts';
import { listing, printPages, type ListOptions } from './listed.ts';
import { printItem, put, type Columns } from './output.ts';
import type { Shell } from './shell.ts';
import { reach } from './transport.ts';

interface Options extends CallOptions {
  readonly member?: string;
  readonly name?: string;
  readonly lifetime?: string;
}

const COLUMNS: Columns = {
  ID: ({ id }) => id, MEMBER: ({ member }) => member, NAME: ({ displayName }) => displayName, CREATED: ({ createTime }) => createTime, EXPIRES: ({ expireTime }) => expireTime,
  REVOKED: ({ revokeTime }) => revokeTime,
};
const { REVOKED: _, ...OF_A_NEW_ONE } = COLUMNS;

const CREATE = [
  'konektor tokens create --lifetime 30d',
  'konektor tokens create --member user:ani@example.com --name laptop',
  'TOKEN=$(konektor tokens create --lifetime 1h)',
];
const LIST = ['konektor tokens list', 'konektor tokens list --member user:ani@example.com -o json'];
const ID = '0mwtxh339d2053641587d';
const REVOKE = `konektor tokens revoke ${ID}`;

export function addTokens(program: Command, shell: Shell): void {
  const { terminal } = shell;
  const tokens = program.command('tokens').description('mint, list and revoke the tokens that callers present')
    .addHelpText('after', examples(...CREATE, ...LIST, REVOKE));

  connected(tokens.command('create')).description('mint a token; it is shown once, on standard output')
    .option('--member <member>', 'whose it is: user:ani@example.com, serviceAccount:…')
    .option('--lifetime <duration>', 'how long it lives, such as 12h or 30d')
    .option('--name <text>', 'what it is for, for your lists')
    .addHelpText('after', `${examples(...CREATE)}\n\nWhat its holder may do is said by policies: docs/how-to/give-access.md.`)
    .action(async (options: Options) => {
      const { member, name, lifetime } = options;
      const body = { ...(member === undefined ? {} : { member }), ...(name === undefined ? {} : { displayName: name }), ...(lifetime === undefined ? {} : { lifetime: `${readSeconds(lifetime, '--lifetime')}s` }) };
      const minted = await (await reach(options, shell)).call('tokens.create', { path: {}, body });
      if (options.output !== 'table') return printItem(terminal, options.output, minted, { ...OF_A_NEW_ONE, TOKEN: ({ token }) => token });
      await printItem({ out: terminal.err }, 'table', minted, OF_A_NEW_ONE);
      // Alone on standard output, so that TOKEN=$(konektor tokens create …) works.
      await put(terminal.out, `${minted.token}\n`);
    });

  listing(connected(tokens.command('list'))).description('list tokens, newest first; never the tokens themselves')
    .option('--member <member>', 'only those of a member')
    .addHelpText('after', examples(...LIST))
    .action(async ({ member, ...options }: ListOptions & Pick<Options, 'member'>) => {
      const { call } = await reach(options, shell);
      const ofMember = member === undefined ? {} : { member };
      await printPages(terminal, options, COLUMNS, (query) => call('tokens.list', { path: {}, query: { ...query, ...ofMember } }), (page) => page.tokens);
    });

  connected(tokens.command('show')).description('show whose a token is, and until when; never the token itself').argument('<id>', 'its id in the list')
    .addHelpText('after', examples(`konektor tokens show ${ID}`))
    .action(async (id: string, options: Options) => {
      const token = await (await reach(options, shell)).call('tokens.get', { path: { token: id } });
      await printItem(terminal, options.output, token, COLUMNS);
    });

  connected(tokens.command('revoke')).description('revoke a token at once').argument('<id>', 'its id in the list')
    .addHelpText('after', examples(REVOKE))
    .action(async (id: string, options: Options) => {
      const revoked = await (await reach(options, shell)).call('tokens.revoke', { path: { token: id }, body: {} });
      await printItem(terminal, options.output, revoked, COLUMNS);
    });

  confirmed(connected(tokens.command('delete'))).description('revoke a token, and remove its record').argument('<id>', 'its id in the list')
    .addHelpText('after', examples(`konektor tokens delete ${ID} --yes`))
    .action(async (id: string, options: Options & ConfirmOptions) => {
      const { call } = await reach(options, shell);
      const { member } = await call('tokens.get', { path: { token: id } });
      await confirm(terminal, options, `Revokes the token ${id} of ${member}, and removes its record.`);
      await call('tokens.delete', { path: { token: id } });
      terminal.err.write(`The token ${id} is deleted.\n`);
    });
}
