// Pages are loaded when they are first opened: what a route says of that, and how it fails.
import type { ComponentType } from 'react';

/** The server was away when a page was asked for, or has been renewed since and has another in its place. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';
}

/** @param load imports the page
 *  @throws PageNotLoaded where its script did not come: each browser has its own words for that */
export function loaded(load: () => Promise<ComponentType>): () => Promise<{ readonly Component: ComponentType }> {
  return async () => ({ Component: await load().catch((cause: unknown) => { throw new PageNotLoaded('A page could not be loaded.', { cause }); }) });
}
