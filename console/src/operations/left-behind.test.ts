import { expect, it } from 'vitest';
import { leftBehind } from './left-behind.ts';

const NAME = 'projects/demo/locations/us-central1/connections/shop';

it('finds the connection of an answer, and how it is', () => {
  expect(leftBehind({ '@type': 'type.googleapis.com/google.cloud.connectors.v1.Connection', name: NAME, status: { state: 'ERROR', status: 'SECRET_UNAVAILABLE', description: 'No.' }, connectionRevision: '2', labels: {} }))
    .toEqual({ name: NAME, status: { state: 'ERROR', status: 'SECRET_UNAVAILABLE', description: 'No.' }, connectionRevision: '2' });
  expect(leftBehind({ name: NAME, status: { state: 'ACTIVE' } })).toEqual({ name: NAME, status: { state: 'ACTIVE' } });
});

it('finds none in an answer about something else', () => {
  for (const other of [{ '@type': 'type.googleapis.com/google.protobuf.Empty' }, { name: 'projects/demo/locations/global/settings', vpcsc: true }, { name: NAME }, { name: NAME, status: 'ACTIVE' }]) expect(leftBehind(other)).toBeUndefined();
});
