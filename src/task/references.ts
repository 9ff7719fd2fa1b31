// References of Application Integration within texts: `$name$`, a name in backticks, and what lies within a variable
// (`$order.items[0].id$`). A text that is one reference becomes the variable's value; within a text its value is written.

/** What a variable holds; undefined where there is none of that name. */
export type Variables = (name: string) => { readonly value: unknown } | undefined;

/** How a value is written within a text. */
type Write = (value: unknown, before: string) => string;

const REFERENCE = /\$(?:`([^`$]+)`|([A-Za-z_][\w-]*))((?:\.[\w-]+|\[\d+\])*)\$/g;
const ONE = new RegExp(`^\`?${REFERENCE.source}\`?$`);

/**
 * A value with the references in its texts filled.
 * @param missing takes the names for which there is no variable.
 */
export function fill(value: unknown, variables: Variables, missing: Set<string>, write: Write = plainly): unknown {
  if (typeof value === 'string') return fillText(value, variables, missing, write);
  if (Array.isArray(value)) return value.map((one: unknown) => fill(one, variables, missing, write));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, unknown]) => [key, fill(one, variables, missing, write)]));
}

function fillText(text: string, variables: Variables, missing: Set<string>, write: Write): unknown {
  const valueOf = (quoted: string | undefined, plain: string | undefined, path: string): unknown => {
    const name = quoted ?? plain ?? '';
    const found = variables(name);
    if (found === undefined) missing.add(name);
    return within(found?.value, path);
  };
  const one = ONE.exec(text);
  if (one !== null) return valueOf(one[1], one[2], one[3] ?? '');
  return text.replace(REFERENCE, (_whole, quoted: string | undefined, plain: string | undefined, path: string, at: number) => write(valueOf(quoted, plain, path), text.slice(0, at)));
}

/** @returns null where there is nothing. */
function within(value: unknown, path: string): unknown {
  let found = value;
  for (const [, key, index] of path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
    const name = key ?? index ?? '';
    found = typeof found === 'object' && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : null;
  }
  return found ?? null;
}

export function plainly(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** As a part of JSON that is read afterwards: within a text of it without the quotes around. */
export function asJson(value: unknown, before: string): string {
  const json = JSON.stringify(value ?? null);
  return quoteAround(before.replace(/\\./g, ''), ['"']) === undefined ? json : JSON.stringify(plainly(value)).slice(1, -1);
}

/** As a part of a filter: where it stands in quotes it cannot end them. */
export function asFilter(value: unknown, before: string): string {
  const quote = quoteAround(before, ["'", '"']);
  return quote === undefined ? plainly(value) : plainly(value).replaceAll(quote, quote + quote);
}

/** The quote that is open at the end of a text. */
function quoteAround(before: string, quotes: readonly string[]): string | undefined {
  let open: string | undefined;
  for (const sign of before) {
    if (open === undefined) open = quotes.includes(sign) ? sign : undefined;
    else if (sign === open) open = undefined;
  }
  return open;
}
