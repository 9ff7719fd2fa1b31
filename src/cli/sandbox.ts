// konektor sandbox: the options of the sandbox with their help. The sandbox reads them itself, as it does when it is run alone.
import type { Command } from 'commander';
import { examples } from './examples.ts';
import type { Shell } from './shell.ts';

export function addSandbox(program: Command, { deeds, words }: Shell): void {
  program.command('sandbox').description('run the sandbox of Stripe alone')
    .option('--port <number>', 'port on the host; 0 takes a free one', '12111')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <folder>', 'folder that keeps its state; else it is in memory')
    .option('--demo', 'fill a new account with the demo business')
    .option('--deliver-anywhere', 'deliver webhooks beyond this machine')
    .option('--restricted-keys <file>', 'JSON file of what restricted keys may do')
    .option('--known-accounts-only', 'Stripe-Account names only accounts that were made')
    .option('--limits', 'switch Stripe\'s rate limits on')
    .option('--search-delay <seconds>', 'how long search lags behind', '0')
    .addHelpText('after', examples('konektor sandbox', 'konektor sandbox --demo --data ./sandbox-state', 'konektor sandbox --port 0 --limits',
      'curl -u sk_test_anything: http://127.0.0.1:12111/v1/customers') + '\n\nWhat it does and does not do: sandbox/README.md.')
    .action(async () => deeds.sandbox(words.slice(1)));
}
