// Faults stand at their fields, also while somebody types on.
import { expect, it } from 'vitest';
import type { ConnectionBody } from './body.ts';
import { emptyDraft } from './draft.ts';
import { faultsOf } from './faults.ts';

it('are found by the body that the server saw, whatever was filled in since', () => {
  const seen: ConnectionBody = { configVariables: [{ key: 'verbosity', stringValue: '9' }] };
  const draft = { ...emptyDraft('p'), variables: { account_id: 'acct_1', verbosity: '9' } };
  expect(faultsOf([{ field: 'configVariables[0].stringValue', description: 'verbosity must be 1 to 5' }], draft, seen)).toMatchObject([{ field: 'variables.verbosity', known: 'verbosity' }]);
});

it('name a label that is given twice', () => {
  const draft = { ...emptyDraft('p'), labels: [{ key: 'a', value: '' }, { key: 'b', value: '' }, { key: 'a', value: '1' }] };
  expect(faultsOf([], draft, {})).toEqual([{ field: 'labels.2', text: 'a', known: 'twice', values: { name: 'a' } }]);
});
