// The suite that every connector passes, on Stripe's with a sandbox.
import { afterAll } from 'vitest';
import { describeConnector } from '../conformance/connector-suite.ts';
import { actionSamples, entitySamples } from './stripe-samples.ts';
import { startStripeWorld } from './stripe-world.ts';

const world = await startStripeWorld();

afterAll(async () => {
  await world.close();
});

describeConnector('stripe', {
  connector: world.connector, config: world.config, open: async () => (await world.open({})).session,
  entities: entitySamples(world), actions: actionSamples(world),
  singletons: ['CurrentAccount', 'Balance', 'BalanceSettings', 'TaxSettings'],
});
