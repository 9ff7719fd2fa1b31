// Gathers what Stripe's SDK says about the catalogue into one compact table of texts.
// Knows the catalogue and its comments; must not know where the table is kept.

import type { Descriptions } from '../src/connectors/stripe/table.ts';
import type { StripeCatalog } from './stripe-catalog.ts';
import { summarize } from './stripe-prose.ts';

/** The descriptions of a catalogue; what the SDK is silent about is absent. */
export function describeCatalog({ shapes, docs }: StripeCatalog, stamp: string): Descriptions {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const indexOf = (comment: string): number | undefined => {
    const text = summarize(comment);
    if (text === '') return undefined;
    const at = known.get(text) ?? texts.push(text) - 1;
    known.set(text, at);
    return at;
  };
  const index = (said: Iterable<readonly [string, string]>): Record<string, number> => Object.fromEntries(
    [...said].flatMap(([name, comment]) => {
      const at = indexOf(comment);
      return at === undefined ? [] : [[name, at]];
    }),
  );
  const described = Object.keys(shapes).map((name) => [name, index(docs.shapes.get(name) ?? [])] as const);
  return {
    stamp, entities: index(docs.entities), actions: index(docs.actions),
    shapes: Object.fromEntries(described.filter(([, properties]) => Object.keys(properties).length > 0)),
    texts,
  };
}
