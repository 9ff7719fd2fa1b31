// konektor tokens: mint, list, revoke.
import { Option, type Command } from 'commander';
import type { Deeds, Terminal } from './deeds.ts';
import { readDuration } from './duration.ts';
import { examples } from './examples.ts';
import { OUTPUTS, printItem, printItems, type Columns, type Output } from './output.ts';
import { connect, type ConnectionOptions } from './transport.ts';

interface Options extends ConnectionOptions {
  readonly output: Output;
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
const REVOKE = 'konektor tokens revoke 0mwtxh339d2053641587d';

export function addTokens(program: Command, deeds: Deeds, terminal: Terminal): void {
  const tokens = program.command('tokens').description('mint, list and revoke the tokens that callers present')
    .addHelpText('after', examples(...CREATE, ...LIST, REVOKE));

  connected(tokens.command('create')).description('mint a token; it is shown once, on standard output')
    .option('--member <member>', 'whose it is: user:ani@example.com, serviceAccount:…')
    .option('--lifetime <duration>', 'how long it lives, such as 12h or 30d')
    .option('--name <text>', 'what it is for, for your lists')
    .addHelpText('after', `${examples(...CREATE)}\n\nWhat its holder may do is said by policies: docs/how-to/give-access.md.`)
    .action(async (options: Options) => {
      const { member, name, lifetime } = options;
      const body = { ...(member === undefined ? {} : { member }), ...(name === undefined ? {} : { displayName: name }), ...(lifetime === undefined ? {} : { lifetime: readDuration(lifetime) }) };
      const minted = await (await connect(options, deeds, terminal)).call('POST', '/v1/tokens', body);
      if (options.output === 'json') return printItem(terminal, 'json', minted, {});
      printItem({ out: terminal.err }, 'table', minted, OF_A_NEW_ONE);
      // Alone on standard output, so that TOKEN=$(konektor tokens create …) works.
      terminal.out.write(`${String(minted['token'])}\n`);
    });

  connected(tokens.command('list')).description('list tokens, newest first; never the tokens themselves')
    .option('--member <member>', 'only those of a member')
    .addHelpText('after', examples(...LIST))
    .action(async (options: Options) => {
      const { member } = options;
      const path = `/v1/tokens?pageSize=1000${member === undefined ? '' : `&member=${encodeURIComponent(member)}`}`;
      const items = await Array.fromAsync((await connect(options, deeds, terminal)).list(path, 'tokens'));
      printItems(terminal, options.output, items, COLUMNS);
    });

  connected(tokens.command('revoke')).description('revoke a token at once').argument('<id>', 'its id in the list')
    .addHelpText('after', examples(REVOKE))
    .action(async (id: string, options: Options) => {
      const revoked = await (await connect(options, deeds, terminal)).call('POST', `/v1/tokens/${encodeURIComponent(id)}:revoke`, {});
      printItem(terminal, options.output, revoked, COLUMNS);
    });
}

/** Options of every command that calls a server and prints what it says. */
export function connected(command: Command): Command {
  return command
    .option('--server <url>', 'address of the server (KONEKTOR_SERVER)')
    .option('--token <token>', 'token to call it with (KONEKTOR_TOKEN)')
    .addOption(new Option('-o, --output <form>', 'form of the output').choices(OUTPUTS).default('table'));
}
