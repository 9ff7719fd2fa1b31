import { describe, expect, it } from 'vitest';
import { memoryConnector } from '../../src/connectors/memory/connector.ts';
import type { EntityType } from '../../src/spi/catalog.ts';
import { describeConnector, type ConnectorSubject, type Make } from './connector-suite.ts';
import { CARD, countries, COUNTRY, noPowers, people, PERSON, RATE, rates } from './people.ts';

const entities = [{ type: PERSON, rows: people(30) }, { type: CARD }, { type: RATE, rows: rates }, { type: COUNTRY, rows: countries }];

function subject(readOnly: boolean): ConnectorSubject {
  const connector = memoryConnector({ entities, largestPage: 10 });
  const personId = async (make: Make): Promise<string> => String((await make('Person'))['Id']);
  const writable: Pick<ConnectorSubject, 'entities' | 'actions'> = {
    entities: {
      Person: {
        create: () => ({ mail_address: 'ada@example.com', Name: 'Ada', Age: 36, Score: '0.10', Active: true, Born: '1815-12-10', Metadata: { order_id: '1' } }),
        patch: { Name: 'Augusta', Age: null },
      },
      Card: { create: async (make) => ({ Person: await personId(make), Digits: '4242' }), listed: (row) => `Person = '${String(row['Person'])}'` },
    },
    actions: {
      Copy: { input: async (make) => ({ Entity: 'Person', Id: await personId(make) }), answers: ['Success', 'Id'] },
      Merge: { input: async (make) => ({ Entity: 'Person', FromId: await personId(make), IntoId: await personId(make) }), answers: ['Success', 'Id'] },
    },
  };
  return { connector, config: { readOnly }, open: () => connector.open({ readOnly }, noPowers), ...(readOnly ? { entities: {}, actions: {} } : writable) };
}

describeConnector('memory', subject(false));
describeConnector('memory, read only', subject(true));

describe('the suite', () => {
  it('looks at every entity type of the world', () => {
    const { connector, config } = subject(false);
    const names = connector.describe(config, { livemode: false }).entities.map(({ name }: EntityType) => name);
    expect(names).toEqual(['Person', 'Card', 'Rate', 'Country']);
  });
});
