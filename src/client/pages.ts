// Every page of a list, whoever calls: over HTTP or within the server. At run time it knows no row.
import type { RowCaller, RowCallOptions, RowId, RowInput, RowOutput } from '../api/row-caller.ts';

/** Rows that answer page by page. */
export type ListId = { [Id in RowId]: RowOutput<Id> extends { readonly nextPageToken?: string } ? (NonNullable<RowInput<Id>['query']> extends { readonly pageToken?: string } ? Id : never) : never }[RowId];

/**
 * Each page of whatever comes in pages, until there is none more.
 * @param read reads the page of a token; the first has none, unless one is given
 */
export async function* eachPage<Page extends { readonly nextPageToken?: string | undefined }>(read: (page: { readonly pageToken?: string }) => Promise<Page>, first?: string): AsyncGenerator<Page> {
  let token = first ?? '';
  do {
    const page = await read(token === '' ? {} : { pageToken: token });
    yield page;
    token = page.nextPageToken ?? '';
  } while (token !== '');
}

/** Each page of a list, from the one that the query names on. @throws StatusError as the row says */
export function everyPage<Id extends ListId>(call: RowCaller, id: Id, input: RowInput<Id>, options?: RowCallOptions): AsyncGenerator<RowOutput<Id>> {
  return eachPage<RowOutput<Id>>((next) => call(id, { ...input, query: { ...input.query, ...next } }, options));
}

/** The members of a list's answer that hold its items: `connections`, `entities`. */
export type ItemsOf<Id extends ListId> = { [Key in keyof RowOutput<Id>]-?: NonNullable<RowOutput<Id>[Key]> extends readonly unknown[] ? Key : never }[keyof RowOutput<Id>];
type ItemOf<Items> = NonNullable<Items> extends readonly (infer Item)[] ? Item : never;

/** Each item of a list, page by page: `everyItem(call, 'connections.list', 'connections', { path })`. @throws StatusError as the row says */
export async function* everyItem<Id extends ListId, Key extends ItemsOf<Id>>(
  call: RowCaller, id: Id, items: Key, input: RowInput<Id>, options?: RowCallOptions,
): AsyncGenerator<ItemOf<RowOutput<Id>[Key]>> {
  const isList = (value: unknown): value is readonly ItemOf<RowOutput<Id>[Key]>[] => Array.isArray(value);
  for await (const page of everyPage(call, id, input, options)) {
    const found = page[items];
    if (isList(found)) yield* found;
  }
}
