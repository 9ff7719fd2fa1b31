#!/usr/bin/env node
// The bin: knows what can be run and loads no more than that.
import { enableCompileCache } from 'node:module';

enableCompileCache();

const USAGE = `Usage: konektor <command>

  serve      run the server, with its sandbox, until it is stopped
  sandbox    run the sandbox of Stripe alone (--port, --host, --data, --demo)
  help       show this

Settings are environment variables: see docs/reference/settings.md.
`;

const command = process.argv[2] ?? 'help';

switch (command) {
  case 'serve': {
    const { serve } = await import('./serve/serve.ts');
    process.exitCode = await serve(process.env);
    break;
  }
  case 'sandbox': {
    process.argv.splice(2, 1);
    await import('../sandbox/main.ts');
    break;
  }
  case 'help':
  case '--help':
  case '-h':
    process.stdout.write(USAGE);
    break;
  default:
    process.stderr.write(`There is no command "${command}".\n\n${USAGE}`);
    process.exitCode = 2;
}
