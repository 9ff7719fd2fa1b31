// The sandbox in the process of a test file, and the official SDK that speaks to it.
import { Stripe } from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.ts';

/**
 * A sandbox for all tests of a file.
 * @param take keeps the two, and may prepare them.
 */
export function withSandbox(take: (stripe: Stripe, sandbox: Sandbox) => void | Promise<void>): void {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox();
    const { hostname, port } = new URL(sandbox.url);
    await take(new Stripe('sk_test_sandboxTests', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 }), sandbox);
  });
  afterAll(async () => {
    await sandbox?.close();
  });
}
