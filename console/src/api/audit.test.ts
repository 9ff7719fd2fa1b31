import { describe, expect, it } from 'vitest';
import { filterOf } from './audit.ts';

const NOTHING = { principal: '', operation: '', resource: '', outcome: '', from: '', to: '' };

describe('a search of the audit log', () => {
  it('becomes the filter of the API', () => {
    expect(filterOf(NOTHING)).toBe('');
    expect(filterOf({ ...NOTHING, principal: 'ani', operation: 'secrets.*', resource: 'a "quoted" one', outcome: '!OK', from: '2026-01-01T07:30Z', to: 'no time' }))
      .toBe('principal:"ani" AND operation="secrets.*" AND resource:"a \\"quoted\\" one" AND status.code!=OK AND time>="2026-01-01T07:30:00.000Z"');
    expect(filterOf({ ...NOTHING, outcome: 'NOT_FOUND' })).toBe('status.code="NOT_FOUND"');
  });
});
