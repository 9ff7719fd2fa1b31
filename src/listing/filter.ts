// Filters of the management API's lists: the part of AIP-160 that fields of plain objects need. A text is parsed once, against
// the fields that the list declares, and then asked of any number of objects. OR binds tighter than AND, as AIP-160 says.
import { StatusError } from '../errors/status-error.ts';
import { findField, scalarOf, type FieldKind, type Fields } from './field.ts';

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | ':';

export interface Restriction {
  readonly is: 'restriction';
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly comparator: Comparator;
  readonly value: string;
  /** A value in quotes is meant as it stands, but for its wildcards. */
  readonly quoted: boolean;
}

export type Filter =
  | { readonly is: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly is: 'not'; readonly of: Filter }
  | Restriction;

const LONGEST = 4_096;
const DEEPEST = 50;
const ORDERED: ReadonlySet<FieldKind> = new Set<FieldKind>(['text', 'number', 'time']);

/**
 * Reads a filter; undefined where it is empty and everything passes.
 * @throws StatusError INVALID_ARGUMENT, INVALID_FILTER, telling the position (from 1).
 */
export function parseFilter(text: string, fields: Fields): Filter | undefined {
  if (text.length > LONGEST) throw fault(`is longer than ${LONGEST} characters`, LONGEST);
  const parser = new FilterParser(text, fields);
  return parser.read();
}

/** The parts that all must hold. */
export function conjuncts(filter: Filter | undefined): readonly Filter[] {
  if (filter === undefined) return [];
  return filter.is === 'and' ? filter.of.flatMap(conjuncts) : [filter];
}

class FilterParser {
  readonly #text: string;
  readonly #fields: Fields;
  #at = 0;
  #depth = 0;

  constructor(text: string, fields: Fields) {
    this.#text = text;
    this.#fields = fields;
  }

  read(): Filter | undefined {
    this.#skip();
    if (this.#at === this.#text.length) return undefined;
    const filter = this.#expression();
    if (this.#at < this.#text.length) throw fault(`"${this.#text[this.#at]}" is not expected`, this.#at);
    return filter;
  }

  #expression(): Filter {
    const all = [this.#factor()];
    // What stands side by side is joined by AND too, only that AIP-160 lets it bind tighter, which changes no answer.
    while (this.#word('AND') || !this.#ended()) all.push(this.#factor());
    return join('and', all);
  }

  #factor(): Filter {
    const any = [this.#term()];
    while (this.#word('OR')) any.push(this.#term());
    return join('or', any);
  }

  #term(): Filter {
    if (this.#word('NOT')) return { is: 'not', of: this.#nested(() => this.#term()) };
    if (this.#text[this.#at] !== '-') return this.#simple();
    this.#at += 1;
    return { is: 'not', of: this.#nested(() => this.#term()) };
  }

  #simple(): Filter {
    if (this.#text[this.#at] !== '(') return this.#restriction();
    this.#at += 1;
    this.#skip();
    const inner = this.#nested(() => this.#expression());
    if (this.#text[this.#at] !== ')') throw fault('")" is missing', this.#at);
    this.#at += 1;
    this.#skip();
    return inner;
  }

  #restriction(): Filter {
    const position = this.#at;
    const segments = this.#path();
    this.#skip();
    const comparator = /^(?:!=|<=|>=|[=<>:])/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    const field = findField(this.#fields, segments);
    if (field === undefined) {
      throw fault(`"${segments.join('.')}" is not a field of this list; there are ${Object.keys(this.#fields).join(', ') || 'none'}`, position);
    }
    if (!isComparator(comparator)) throw fault('one of = != < <= > >= : is missing', this.#at);
    this.#at += comparator.length;
    this.#skip();
    const valueAt = this.#at;
    const { value, quoted } = this.#value();
    checkValue(field.kind, comparator, value, quoted, valueAt);
    return { is: 'restriction', ...field, comparator, value, quoted };
  }

  #path(): readonly string[] {
    const segments: string[] = [];
    do {
      if (segments.length > 0) this.#at += 1;
      segments.push(this.#quoted() ?? this.#run(/[^\s()"'=!<>:.,]/));
    } while (this.#text[this.#at] === '.');
    return segments;
  }

  #value(): { readonly value: string; readonly quoted: boolean } {
    const quoted = this.#quoted();
    const value = quoted ?? this.#run(/[^\s()"'=!<>,]/);
    const next = this.#text[this.#at];
    if (next !== undefined && !/[\s)]/.test(next)) throw fault(`"${next}" is not expected; put a value with such characters in quotes`, this.#at);
    this.#skip();
    return { value, quoted: quoted !== undefined };
  }

  #run(allowed: RegExp): string {
    const from = this.#at;
    while (this.#at < this.#text.length && allowed.test(this.#text[this.#at] ?? '')) this.#at += 1;
    if (this.#at > from) return this.#text.slice(from, this.#at);
    throw fault(from === this.#text.length ? 'it ends too early' : `"${this.#text[from]}" is not expected`, from);
  }

  #quoted(): string | undefined {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") return undefined;
    const from = this.#at;
    let value = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const letter = this.#text[this.#at] ?? '';
      if (letter === quote) {
        this.#at += 1;
        return value;
      }
      if (letter === '\\') this.#at += 1;
      value += this.#text[this.#at] ?? '';
    }
    throw fault('the quote is not closed', from);
  }

  #word(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at) || !/^(?:[\s(]|$)/.test(this.#text.slice(this.#at + word.length, this.#at + word.length + 1))) return false;
    this.#at += word.length;
    this.#skip();
    return true;
  }

  #ended(): boolean {
    return this.#at === this.#text.length || this.#text[this.#at] === ')';
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #nested(read: () => Filter): Filter {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw fault(`is nested deeper than ${DEEPEST} levels`, this.#at);
    const inner = read();
    this.#depth -= 1;
    return inner;
  }
}

function isComparator(text: string | undefined): text is Comparator {
  return text === '=' || text === '!=' || text === '<' || text === '<=' || text === '>' || text === '>=' || text === ':';
}

function join(is: 'and' | 'or', of: readonly Filter[]): Filter {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { is, of };
}

function checkValue(kind: FieldKind, comparator: Comparator, value: string, quoted: boolean, at: number): void {
  const presence = value === '*' && !quoted && (comparator === ':' || comparator === '=' || comparator === '!=');
  if (presence) return;
  if (comparator !== '=' && comparator !== '!=' && comparator !== ':' && !ORDERED.has(kind)) throw fault(`${comparator} has no meaning for this field`, at);
  if (kind === 'map' && comparator !== ':') throw fault('a map is asked for a key: labels:env, or labels.env = prod', at);
  if (kind === 'number' && (value.trim() === '' || scalarOf(kind, value) === undefined)) throw fault(`"${value}" is not a number`, at);
  if (kind === 'time' && scalarOf(kind, value) === undefined) throw fault(`"${value}" is not a time such as "2026-01-31T12:00:00Z"`, at);
  if (kind === 'boolean' && value !== 'true' && value !== 'false') throw fault(`"${value}" is neither true nor false`, at);
}

function fault(what: string, index: number): StatusError {
  const position = index + 1;
  const message = `The filter is wrong at position ${position}: ${what}.`;
  return new StatusError('INVALID_ARGUMENT', 'INVALID_FILTER', { message, violations: [{ field: 'filter', description: `position ${position}: ${what}` }], metadata: { position: String(position) } });
}
