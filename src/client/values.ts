// Values as JSON carries them, and the few forms that columns take beside: what generated types are made of. Types alone.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject { readonly [key: string]: Json | undefined }

/** Known texts, open to those that the source adds: editors offer them, and any text is taken. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

/** An instant: RFC 3339, a day, unix seconds, or a Date. */
export type Time = string | number | Date;

/** A decimal number; as text it keeps every digit. */
export type Decimal = string | number;

/** The bytes as base64, with their name and type where they have them. */
export type FileInput = string | { readonly data: string; readonly name?: string; readonly type?: string };

/** A list within an object: its first elements, and whether there are more. */
export interface NestedList<Item> {
  readonly object: 'list';
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly url: string;
}
