// A list that is read as it is walked: row by row, or page by page. It knows neither entity types nor HTTP.

import { eachPage } from './pages.ts';

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** Gives the next page; undefined on the last. */
  readonly nextPageToken: string | undefined;
}

/** Nothing is asked before it is walked; walked again, it is asked again. */
export interface Listing<Row> extends AsyncIterable<Row> {
  /** One page: the first, or the one that a token names. @throws StatusError */
  page(pageToken?: string): Promise<RowPage<Row>>;
  /** Every page, from the first on. @throws StatusError */
  pages(): AsyncIterable<RowPage<Row>>;
}

/** @param read one page, by its token. @param first the token that the walk begins with. */
export function createListing<Row>(read: (pageToken: string | undefined) => Promise<RowPage<Row>>, first?: string): Listing<Row> {
  const pages = (): AsyncGenerator<RowPage<Row>> => eachPage(({ pageToken }) => read(pageToken), first);
  return {
    page: (pageToken = first) => read(pageToken),
    pages,
    async* [Symbol.asyncIterator]() {
      for await (const { rows } of pages()) yield* rows;
    },
  };
}
