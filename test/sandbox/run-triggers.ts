// `npm run triggers`: every scenario of the official Stripe CLI against the sandbox, as a table; status 1 if an event was not caused.
import { openTriggerCli } from './trigger.ts';

const cli = await openTriggerCli();
let failed = 0;
try {
  const names = await cli.scenarios();
  for (const name of names) {
    const { fault, milliseconds } = await cli.trigger(name);
    if (fault !== undefined) failed += 1;
    process.stdout.write(`${fault === undefined ? 'ok    ' : 'FAILED'} ${name.padEnd(60)} ${milliseconds.toFixed(0).padStart(5)} ms${fault === undefined ? '' : `  ${fault}`}\n`);
  }
  process.stdout.write(`\n${names.length} scenarios: ${names.length - failed} lead to their event, ${failed} failed\n`);
} finally {
  await cli.close();
}
process.exitCode = failed === 0 ? 0 : 1;
