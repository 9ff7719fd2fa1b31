import { describe, expect, it } from 'vitest';
import { LOCATION, world } from '../../test/connection-world.ts';
import { beginOperation, failOperation, succeedOperation, type Operation } from './model.ts';

const AT = Date.parse('2026-03-01T00:00:00Z');

/** Operations of every kind, three to the second. */
function filled(count: number): { readonly place: ReturnType<typeof world>; readonly all: readonly Operation[] } {
  const place = world({ idle: true });
  const all = Array.from({ length: count }, (_none, index): Operation => {
    const at = new Date(AT + Math.floor(index / 3) * 1_000);
    const begun = beginOperation(LOCATION, index % 2 === 0 ? 'create' : 'delete', `${LOCATION}/connections/c${index}`, at);
    return index % 3 === 0 ? begun : index % 3 === 1 ? succeedOperation(begun, { '@type': 'test' }, at) : failOperation(begun, { code: 5, message: 'gone', details: [] }, at);
  });
  for (const operation of all) place.stored.set(operation.name, operation);
  return { place, all };
}

async function pages({ operations }: ReturnType<typeof world>, filter: string, pageSize: number): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  let pageToken: string | undefined;
  do {
    const page = await operations.list(LOCATION, { filter, pageSize, pageToken });
    expect(page.items.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}

describe('operations', () => {
  it('are listed newest first, page by page, also past what is read at a time', async () => {
    const { place, all } = filled(1_203);
    const found = await pages(place, '', 250);
    expect(found).toHaveLength(1_203);
    expect(new Set(found.map(({ name }) => name)).size).toBe(1_203);
    const times = found.map(({ metadata }) => metadata.createTime);
    expect(times).toEqual(times.toSorted().toReversed());
    const deleting = await pages(place, 'metadata.verb=delete AND done=false', 100);
    expect(deleting.map(({ name }) => name).toSorted()).toEqual(all.filter(({ done, metadata }) => !done && metadata.verb === 'delete').map(({ name }) => name).toSorted());
    expect(await pages(place, 'metadata.target:"/c1202"', 1)).toHaveLength(1);
    expect((await place.operations.list('projects/p/locations/-', {})).items).toHaveLength(100);
    expect((await place.operations.list('projects/q/locations/-', {})).items).toEqual([]);
  });

  it('take no token of another filter, and no filter on what they have not', async () => {
    const { place } = filled(5);
    const { nextPageToken } = await place.operations.list(LOCATION, { pageSize: 2 });
    await expect(place.operations.list(LOCATION, { pageSize: 2, filter: 'done=true', pageToken: nextPageToken })).rejects.toMatchObject({ reason: 'INVALID_PAGE_TOKEN' });
    await expect(place.operations.list(LOCATION, { filter: 'response.name=x' })).rejects.toMatchObject({ reason: 'INVALID_FILTER' });
  });

  it('are forgotten once they have ended, and not before', async () => {
    const { place, all } = filled(2);
    const [pending, done] = all.map(({ name }) => name);
    await expect(place.operations.remove(pending ?? '')).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'OPERATION_IN_PROGRESS' });
    await place.operations.remove(done ?? '');
    const { operations } = place;
    for (const call of [operations.get(done ?? ''), operations.remove(done ?? ''), operations.cancel(done ?? '')]) await expect(call).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are shown as the platform shows them, whoever stored them', async () => {
    const { place } = filled(0);
    const [name, at] = [`${LOCATION}/operations/operation-1-a-b-c`, '2026-03-01T00:00:00.000Z'];
    const old = { name, metadata: { createTime: at, endTime: at, target: 't', verb: 'create' as const, requestedCancellation: false, apiVersion: 'v1' as const }, done: true, error: { code: 5, message: 'gone', status: 'NOT_FOUND', details: [] } };
    place.stored.set(name, old);
    expect(await place.operations.get(name)).toEqual({
      name, metadata: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata', ...old.metadata }, done: true, error: { code: 5, message: 'gone', details: [] },
    });
  });
});
