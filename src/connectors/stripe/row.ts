// The last touches on a row: composite ids, the parents that Stripe leaves out, and what API v2 shows only when asked.
import type { Row } from '../../spi/connector.ts';
import type { Binding } from './bindings.ts';
import type { Parameters } from './form.ts';
import { joinId } from './id.ts';
import type { StripeObject } from './response.ts';
import { shapeNamed } from './tables.ts';

/** @param parents ids of the parents in the order of the path; fewer where they are not known. */
export function finishRow(binding: Binding, object: StripeObject, parents: readonly string[], passthrough: boolean): Row {
  const row = binding.mapRow(object, passthrough);
  for (const { name, of } of binding.echoes) row[name] ??= row[of];
  if (parents.length === 0 || parents.length < binding.parents.length) return row;
  binding.parents.forEach(({ column }, index) => {
    // Stripe leaves it out of some rows, and says an empty text in others.
    row[column] ||= parents[index];
  });
  if (binding.composite && typeof row['Id'] === 'string') {
    row['StripeId'] = row['Id'];
    row['Id'] = joinId([...parents.slice(0, binding.parents.length), row['Id']]);
  }
  return row;
}

/** API v2 leaves parts of an object out unless they are named: all are. */
export function includesOf(shape: string | undefined): Parameters {
  const include = shapeNamed(shape)['include'];
  return include?.items?.enum === undefined ? {} : { include: include.items.enum };
}
