// `npm run triggers`: every scenario of the official Stripe CLI against the sandbox, as a table; status 1 if an event was not caused.
import { LEFT_OUT, openTriggerCli } from './trigger.ts';

const cli = await openTriggerCli();
let failed = 0;
let leftOut = 0;
try {
  const names = await cli.scenarios();
  for (const name of names) {
    const why = LEFT_OUT.find(([pattern]) => pattern.test(name))?.[1];
    const { fault, milliseconds } = await cli.trigger(name);
    const state = fault === undefined ? 'ok' : why === undefined ? 'FAILED' : 'left out';
    if (state === 'FAILED') failed += 1;
    if (state === 'left out') leftOut += 1;
    process.stdout.write(`${state.padEnd(9)} ${name.padEnd(60)} ${milliseconds.toFixed(0).padStart(5)} ms${fault === undefined ? '' : `  ${why ?? fault}`}\n`);
  }
  process.stdout.write(`\n${names.length} scenarios: ${names.length - failed - leftOut} lead to their event, ${leftOut} left out, ${failed} failed\n`);
} finally {
  await cli.close();
}
process.exitCode = failed === 0 ? 0 : 1;
