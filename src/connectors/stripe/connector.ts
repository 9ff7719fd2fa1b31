// The Stripe connector: its pure half, put together. What Stripe has is in the tables, what is special in the overrides; the
// half that calls Stripe is in `session.ts`.
import type { Catalog } from '../../spi/catalog.ts';
import type { Connector } from '../../spi/connector.ts';
import { MANIFEST, parseConfig, type StripeConfig } from './config.ts';
import { describeCatalog } from './describe.ts';
import { wordsOf } from './description.ts';
import type { StripeRates } from './limits.ts';
import { planStripeList, splitStripeList } from './plan-list.ts';
import { openStripeSession } from './session.ts';
import type { Descriptions } from './table.ts';
import { traceWrite } from './trace-write.ts';

export interface StripeOptions {
  /** What the installed SDK says of Stripe's objects; without, descriptions are ours alone. */
  readonly descriptions?: Descriptions;
  /** How often Stripe may be asked; without, as Stripe publishes it. */
  readonly rates?: StripeRates;
}

/** Makes the connector; the tables are read when it is first used. */
export function createStripeConnector({ descriptions, rates }: StripeOptions): Connector<StripeConfig> {
  const words = wordsOf(descriptions);
  const catalogs = new Map<string, Catalog>();
  return {
    manifest: MANIFEST,
    parseConfig,
    describe({ accountOverride }, { livemode }) {
      const key = `${livemode} ${accountOverride}`;
      const known = catalogs.get(key) ?? describeCatalog(words, { livemode, accountOverride });
      catalogs.set(key, known);
      return known;
    },
    planList: planStripeList,
    split: splitStripeList,
    traceWrite: (_config, write) => traceWrite(write),
    open: async (config, context) => openStripeSession(config, context, rates),
  };
}
