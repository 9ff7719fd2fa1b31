// As much of HCL as the configurations in the documents use: blocks, attributes, texts, numbers, booleans, lists, objects,
// references and toset(). Whatever else stands there is an error, so that no document is half read.

export type Expression =
  | { readonly is: 'literal'; readonly value: string | number | boolean }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'object'; readonly entries: Readonly<Record<string, Expression>> }
  /** `google_service_account.stripe.email` */
  | { readonly is: 'reference'; readonly path: string };

export interface Body {
  readonly attributes: Readonly<Record<string, Expression>>;
  readonly blocks: readonly Block[];
}

export interface Block extends Body {
  readonly type: string;
  readonly labels: readonly string[];
}

const TOKENS = /\s+|#[^\n]*|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(?<sign>[{}[\]()=,])/gy;

/** @throws Error at what is none of it. */
export function parseHcl(source: string): Body {
  const tokens: { readonly kind: string; readonly text: string }[] = [];
  for (let at = 0; at < source.length; at = TOKENS.lastIndex) {
    TOKENS.lastIndex = at;
    const match = TOKENS.exec(source);
    if (match === null) throw new Error(`cannot read: ${source.slice(at, at + 40)}`);
    const [kind, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    if (kind !== undefined && text !== undefined) tokens.push({ kind, text });
  }
  let next = 0;
  const peek = (): string => tokens[next]?.text ?? '';
  const take = (expected?: string): string => {
    const text = peek();
    if (text === '' || (expected !== undefined && text !== expected)) throw new Error(`${expected ?? 'something'} is missing before "${text}"`);
    next += 1;
    return text;
  };
  const unquoted = (text: string): string => JSON.parse(text) as string;

  function body(end: string): Body {
    const attributes: Record<string, Expression> = {};
    const blocks: Block[] = [];
    while (peek() !== end) {
      const name = take();
      if (peek() === '=') {
        take('=');
        attributes[name] = expression();
        continue;
      }
      const labels: string[] = [];
      while (peek().startsWith('"')) labels.push(unquoted(take()));
      take('{');
      blocks.push({ type: name, labels, ...body('}') });
      take('}');
    }
    return { attributes, blocks };
  }

  function expression(): Expression {
    const kind = tokens[next]?.kind;
    const text = take();
    if (kind === 'text') {
      if (text.includes('${')) throw new Error(`texts with references are not read: ${text}`);
      return { is: 'literal', value: unquoted(text) };
    }
    if (kind === 'number') return { is: 'literal', value: Number(text) };
    if (text === 'true' || text === 'false') return { is: 'literal', value: text === 'true' };
    if (text === '[') return { is: 'list', items: list(']') };
    if (text === '{') return object();
    if (text === 'toset') {
      take('(');
      const [only] = list(')');
      if (only !== undefined) return only;
    }
    if (kind === 'name') return { is: 'reference', path: text };
    throw new Error(`"${text}" is no value`);
  }

  function list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    while (peek() !== end) {
      items.push(expression());
      if (peek() === ',') take(',');
    }
    take(end);
    return items;
  }

  function object(): Expression {
    const entries: Record<string, Expression> = {};
    while (peek() !== '}') {
      const key = take();
      take('=');
      entries[key] = expression();
      if (peek() === ',') take(',');
    }
    take('}');
    return { is: 'object', entries };
  }

  const result = body('');
  if (next < tokens.length) throw new Error(`"${peek()}" is not expected`);
  return result;
}
