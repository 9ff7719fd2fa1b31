// Every page of a list, whoever calls: over HTTP or within the server.
import type { RowCaller, RowCallOptions, RowId, RowInput, RowOutput } from '../api/row-caller.ts';

/** Rows that answer page by page. */
export type ListId = { [Id in RowId]: RowOutput<Id> extends { readonly nextPageToken?: string } ? (NonNullable<RowInput<Id>['query']> extends { readonly pageToken?: string } ? Id : never) : never }[RowId];

/** Each page of a list, from the one that the query names on. @throws StatusError as the row says */
export async function* everyPage<Id extends ListId>(call: RowCaller, id: Id, input: RowInput<Id>, options?: RowCallOptions): AsyncGenerator<RowOutput<Id>> {
  let query: object = { ...input.query };
  for (;;) {
    const page = await call(id, { ...input, query }, options);
    yield page;
    const { nextPageToken } = page as { readonly nextPageToken?: string };
    if (nextPageToken === undefined || nextPageToken === '') return;
    query = { ...query, pageToken: nextPageToken };
  }
}

/** The members of a list's answer that hold its items: `connections`, `entities`. */
export type ItemsOf<Id extends ListId> = { [Key in keyof RowOutput<Id>]-?: NonNullable<RowOutput<Id>[Key]> extends readonly unknown[] ? Key : never }[keyof RowOutput<Id>];
type ItemOf<Items> = NonNullable<Items> extends readonly (infer Item)[] ? Item : never;

/** Each item of a list, page by page: `everyItem(call, 'connections.list', 'connections', { path })`. @throws StatusError as the row says */
export async function* everyItem<Id extends ListId, Key extends ItemsOf<Id>>(
  call: RowCaller, id: Id, items: Key, input: RowInput<Id>, options?: RowCallOptions,
): AsyncGenerator<ItemOf<RowOutput<Id>[Key]>> {
  for await (const page of everyPage(call, id, input, options)) yield* (page[items] ?? []) as readonly ItemOf<RowOutput<Id>[Key]>[];
}
