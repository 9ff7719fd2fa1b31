// The sandbox as a process: `node sandbox/main.ts [--port 12111] [--host 127.0.0.1] [--data DIR] [--demo]`.
// It prints one line when it is ready, and leaves with 0 on SIGTERM and SIGINT.
import { parseArgs } from 'node:util';
import { startSandbox } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    demo: { type: 'boolean', default: false },
  },
});

try {
  const sandbox = await startSandbox({ port: Number(values.port), host: values.host, demo: values.demo, ...(values.data === undefined ? {} : { dataDir: values.data }) });
  process.stdout.write(`Sandbox ready on ${sandbox.url}\n`);
  const leave = (): void => {
    sandbox.close().then(() => process.exit(0), () => process.exit(1));
  };
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  // Run beside a server: tell it the address, and do not outlive it however it ends.
  process.once('disconnect', leave);
  process.send?.({ url: sandbox.url });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
