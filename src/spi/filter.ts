// The language of filters: what a caller asked of the rows, as data. Nothing downstream of the parser sees text.

export type Scalar = string | number | boolean | null;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A condition on a row. Evaluated with SQL's three-valued logic: a row is kept only where the filter is true. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'compare'; readonly field: string; readonly operator: Comparison; readonly value: Scalar }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Scalar[] }
  | { readonly kind: 'like'; readonly field: string; readonly pattern: string }
  | { readonly kind: 'isNull'; readonly field: string };

/** The filter that every row passes. */
export const EVERY_ROW: Filter = { kind: 'and', filters: [] };

export interface Sort {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}
