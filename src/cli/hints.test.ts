// Hints are commands that run as they stand: they name the connection that an option named, and leave out what the context says.
import { expect, it } from 'vitest';
import { hintFor } from './hints.ts';

const path = { connection: 'projects/demo/locations/us-central1/connections/shop', entityType: 'Customer' };

it.each([
  ['UNKNOWN_FIELD', 'konektor entities show Customer lists its columns.', 'konektor entities show Customer -c demo/us-central1/shop lists its columns.'],
  ['ENTITY_TYPE_NOT_FOUND', 'konektor entities list shows', 'konektor entities list -c demo/us-central1/shop shows'],
  ['SCAN_LIMIT', 'konektor explain Customer tells which.', 'konektor explain Customer -c demo/us-central1/shop tells which.'],
])('%s names the connection where an option did', (reason, without, withOption) => {
  expect(hintFor(reason, { path })).toContain(without);
  expect(hintFor(reason, { path, connectionOption: 'shop' })).toContain(withOption);
});

it('says again what an option said of a call that has no connection in its path', () => {
  expect(hintFor('UNKNOWN_FIELD', { body: { entity: 'Customer' }, connectionOption: 'demo/us-central1/shop' })).toBe('konektor entities show Customer -c demo/us-central1/shop lists its columns.');
});
