import { describe, expect, it } from 'vitest';
import { partsOfName } from './name-parts.ts';

describe('where a long name goes on in the next line', () => {
  it.each([
    ['BillingCreditBalanceSummary', 'Billing|Credit|Balance|Summary'], ['AddressLine1', 'Address|Line1'], ['allowed_payment_method_types', 'allowed_|payment_|method_|types'],
    ['reporting@demo.iam.gserviceaccount.com', 'reporting@|demo.|iam.|gserviceaccount.|com'], ['entities.updateEntitiesWithConditions', 'entities.|update|Entities|With|Conditions'],
    ['/v2/projects/{projectId}/entities', '/|v2/|projects/|{project|Id}/|entities'], ['Id', 'Id'], ['PaymentIntent', 'Payment|Intent'], ['', ''],
  ])('%s', (name, parts) => {
    expect(partsOfName(name).join('|')).toBe(parts);
    expect(partsOfName(name).join('')).toBe(name);
  });
});
