// The private language in which Stripe is described to this connector: the types of `tables/*.generated.json` and of
// `overrides.ts`. Names here are Stripe's own (snake_case); what callers see is derived from them once, in `bindings.ts`.

/** One parameter or one field of an object, in Stripe's spelling. */
export interface Property {
  /** `timestamp` is unix seconds unless its format says otherwise; `decimal` travels as text. */
  readonly type:
    | 'string' | 'integer' | 'number' | 'decimal' | 'boolean' | 'timestamp' | 'enum' | 'file'
    | 'object' | 'array' | 'map' | 'union';
  /** For `enum`: the values the SDK knows. Stripe's enums are open: others may come. */
  readonly enum?: readonly string[];
  /** For `object`, and with `expands`: a name in the table of shapes. An object without one may hold anything. */
  readonly shape?: string;
  /** For `array`, `map` and `list`: what each element is. A map without may hold anything. */
  readonly items?: Property;
  /** For `union`: the alternatives; with `expands`: the objects it may become, where there are several. */
  readonly of?: readonly Property[];
  /** A `string` that is the id of such an object, and that object where it was expanded: Stripe's `object` name, or several joined by `|`. */
  readonly expands?: string;
  /** An `object` that is a nested list `{object: "list", data, has_more, url}`; `items` tells what it lists. */
  readonly list?: true;
  /** Parameters: Stripe refuses the call without it. */
  readonly required?: true;
  /** Fields: may be null or absent. */
  readonly nullable?: true;
  /** Parameters: the empty string (v1) or null (v2) unsets it. */
  readonly emptyable?: true;
  /**
   * What the number or text means. Timestamps: `unix-milliseconds` (one field of Terminal.Reader) and `date-time`, RFC 3339
   * text (v2). `date` is YYYY-MM-DD text; `int64` an integer that travels as text (v2).
   */
  readonly format?:
    | 'minor-units' | 'percent' | 'currency' | 'country' | 'email' | 'url'
    | 'unix-milliseconds' | 'date-time' | 'date' | 'int64';
}

/** The properties of an object or of a call's parameters. */
export type Shape = Readonly<Record<string, Property>>;

export type ShapeTable = Readonly<Record<string, Shape>>;

export type FilterOperator = '=' | '<' | '<=' | '>' | '>=';

export interface ListRow {
  readonly path: string;
  /**
   * Stripe's list parameters (paging and `expand` left out) and the comparisons each can do. None means that it can only be
   * given whole: an object, or a list of them. For a list of values, `=` means one of them.
   */
  readonly filters: Readonly<Record<string, readonly FilterOperator[]>>;
  /** Name in the table of shapes of all list parameters, for their types. */
  readonly shape: string;
  /** Parameters without which Stripe refuses the list. */
  readonly required: readonly string[];
  /** False where Stripe answers the whole list at once and knows no cursor. */
  readonly paged: boolean;
}

export type Host = 'api' | 'files' | 'meter-events';

export interface CallRow {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With `{slots}` for ids: parents first, the object's own id last. */
  readonly path: string;
  /** Name in the table of shapes of the parameters; absent where the call takes none. */
  readonly shape?: string;
  /** Where this call goes, if elsewhere than the entity's others (creating a File). */
  readonly host?: Host;
  /** Sent as multipart/form-data (files). */
  readonly multipart?: true;
}

export interface EntityRow {
  readonly entity: string;
  /** Stripe's `object` name; several joined by `|` where a row is one of several; empty where nothing is answered. */
  readonly object: string;
  readonly api: 'v1' | 'v2';
  /** Where its calls go, but for those that name another. */
  readonly host: Host;
  /** The collection's path. */
  readonly path: string;
  /** One for each parent id slot of `path`, in order. */
  readonly parents: readonly { readonly slot: string; readonly entity: string }[];
  /** There is one per account (or per parent) and its path takes no id of its own. */
  readonly singleton: boolean;
  /** Name in the table of shapes of what a row holds. */
  readonly row: string;
  readonly list?: ListRow;
  readonly get?: CallRow;
  readonly create?: CallRow;
  readonly update?: CallRow;
  readonly delete?: CallRow;
  /** GET …/search exists. */
  readonly search?: string;
}

export interface ActionRow {
  readonly action: string;
  readonly api: 'v1' | 'v2';
  readonly host: Host;
  readonly call: CallRow;
  /** One for each id slot of the path, in order, with the entity whose id it takes. */
  readonly slots: readonly { readonly slot: string; readonly entity: string }[];
  /** Name in the table of shapes of what it answers; absent for bytes. */
  readonly row?: string;
  /** Stripe's `object` name of what it answers. */
  readonly object?: string;
  /** Answers bytes, not JSON. */
  readonly binary?: true;
  /** Exists for test keys alone. */
  readonly testOnly?: true;
}

/** What the SDK says, a sentence or two each; made from the installed SDK, never committed. */
export interface Descriptions {
  /** What they were made from. */
  readonly stamp: string;
  /** Indexes in `texts`: by entity, by action, by shape and then property. */
  readonly entities: Readonly<Record<string, number>>;
  readonly actions: Readonly<Record<string, number>>;
  readonly shapes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Every text once. */
  readonly texts: readonly string[];
}
