// The sandbox as a process: `node sandbox/main.ts [--port 12111] [--host 127.0.0.1] [--data DIR] [--demo] [--deliver-anywhere]
// [--restricted-keys FILE] [--known-accounts-only] [--limits] [--search-delay SECONDS]`.
// It prints one line when it is ready, and leaves with 0 on SIGTERM and SIGINT, also while it starts.
import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

enableCompileCache();

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    demo: { type: 'boolean', default: false },
    'deliver-anywhere': { type: 'boolean', default: false },
    'restricted-keys': { type: 'string' },
    'known-accounts-only': { type: 'boolean', default: false },
    limits: { type: 'boolean', default: false },
    'search-delay': { type: 'string', default: '0' },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(`--port must be a number from 0 to 65535, not ${values.port}\n`);
  process.exit(2);
}

const searchDelay = Number(values['search-delay']);
if (!Number.isFinite(searchDelay) || searchDelay < 0) {
  process.stderr.write(`--search-delay must be a number of seconds, not ${values['search-delay']}\n`);
  process.exit(2);
}

const { startSandbox } = await import('./server.ts');
const { STRIPE_LIMITS } = await import('./rate-limits.ts');
const { declaredKeys } = await import('./restricted-keys.ts');

/** What restricted keys may do; a declaration that makes no sense ends the start. */
function permissions(): ReturnType<typeof declaredKeys> {
  try {
    return declaredKeys(values['restricted-keys'], process.env['SANDBOX_RESTRICTED_KEYS']);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

/** What the system refuses, and what to do about it. */
const WHY: Readonly<Partial<Record<string, (option: string) => string>>> = {
  EADDRINUSE: (option) => `port ${port} of ${values.host} is taken. Stop what holds it, or choose another by ${option}; 0 takes a free one.`,
  ...Object.fromEntries(['ENOTFOUND', 'EADDRNOTAVAIL', 'EAI_AGAIN'].map((code) => [code, () => `${values.host} is no address of this machine. Choose another by --host.`])),
  ...Object.fromEntries(['EEXIST', 'ENOTDIR', 'EACCES', 'EROFS', 'ENOENT'].map((code) => [code, () => `${values.data} cannot be its folder (${code}). Choose another by --data: a folder, or a name that is not taken.`])),
};

const starting = startSandbox({
  restrictedKeys: permissions(), knownAccountsOnly: values['known-accounts-only'], ...(searchDelay === 0 ? {} : { searchDelay }), ...(values.limits ? { limits: STRIPE_LIMITS } : {}),
  port, host: values.host, demo: values.demo, deliverAnywhere: values['deliver-anywhere'], ...(values.data === undefined ? {} : { dataDir: values.data }) });

const leave = (): void => {
  starting.then((sandbox) => sandbox.close()).then(() => process.exit(0), () => process.exit(1));
};
process.once('SIGTERM', leave);
// Ctrl-C reaches the whole terminal: beside a server it is the server that says when to leave.
process.on('SIGINT', process.send === undefined ? leave : () => undefined);
// Run beside a server: do not outlive it, however it ends.
process.once('disconnect', leave);

try {
  const { url } = await starting;
  process.stdout.write(`Sandbox ready on ${url}\n`);
  // The server that started it waits for the address.
  process.send?.({ url });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  // Beside a server the channel to it would keep this process, and with it the server's start, waiting.
  process.exit(1);
}

function explain(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const other = process.send === undefined ? '--port' : 'KONEKTOR_SANDBOX_PORT';
  const why = WHY[code];
  return why === undefined ? said : `The sandbox could not start: ${why(other)}`;
}
