// Filter text → tokens, one at a time. Written by hand: every character is looked at once, so no text can make it slow.
// It knows signs and words, not what a filter means.
import { StatusError } from '../errors/status-error.ts';

/** `quoted` is "…": a column or a value, depending on the side it stands on. `text` is '…'. */
export type TokenKind = 'name' | 'quoted' | 'text' | 'number' | 'keyword' | 'symbol' | 'end';

const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'IN', 'LIKE', 'ESCAPE', 'BETWEEN', 'IS', 'NULL', 'TRUE', 'FALSE']);
const LONGEST_KEYWORD = 7;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
/** Letters, `_`, `$` and everything beyond ASCII. */
const startsName = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code >= 128;
const continuesName = (code: number): boolean => startsName(code) || isDigit(code) || code === 46;

function isKeyword(word: string): boolean {
  return word.length <= LONGEST_KEYWORD && KEYWORDS.has(word.toUpperCase());
}

/** Whether a column name can stand in a filter without double quotes. */
export function isBareName(name: string): boolean {
  if (!startsName(name.charCodeAt(0)) || isKeyword(name)) return false;
  for (let index = 1; index < name.length; index += 1) {
    if (!continuesName(name.charCodeAt(index))) return false;
  }
  return true;
}

/** INVALID_FILTER at a place in the text; positions count characters from 1, as people do. */
export function invalidFilter(start: number, message: string): StatusError {
  const position = start + 1;
  return new StatusError('INVALID_ARGUMENT', 'INVALID_FILTER', {
    message: `Filter, position ${position}: ${message}`,
    metadata: { position: String(position) },
  });
}

/** Holds the current token of a text; `advance` moves to the next. */
export class Scanner {
  readonly text: string;
  kind: TokenKind = 'end';
  /** What the token says: quotes taken off, keywords in capitals, numbers as written. */
  value = '';
  /** Where the token begins, counted from 0. */
  start = 0;
  private next = 0;

  constructor(text: string) {
    this.text = text;
    this.advance();
  }

  advance(): void {
    const { text } = this;
    while (isSpace(text.charCodeAt(this.next))) this.next += 1;
    this.start = this.next;
    const code = text.charCodeAt(this.next);
    if (Number.isNaN(code)) this.take('end', text.length);
    else if (startsName(code)) this.takeWord();
    else if (code === 39) this.takeQuoted('text', "'");
    else if (code === 34) this.takeQuoted('quoted', '"');
    else if (isDigit(code) || code === 45 || code === 46) this.takeNumber();
    else this.takeSymbol();
  }

  atEnd(): boolean {
    return this.kind === 'end';
  }

  isKeyword(word: string): boolean {
    return this.kind === 'keyword' && this.value === word;
  }

  isSymbol(sign: string): boolean {
    return this.kind === 'symbol' && this.value === sign;
  }

  /** The fault "expected this, but found that" at the current token. */
  expected(what: string): StatusError {
    const found = this.text.slice(this.start, Math.min(this.next, this.start + 40));
    return invalidFilter(this.start, `expected ${what}, but ${this.kind === 'end' ? 'the filter ends here' : `found ${found}`}`);
  }

  private take(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.value = this.text.slice(this.start, end);
    this.next = end;
  }

  private takeWord(): void {
    const { text } = this;
    let end = this.start + 1;
    while (continuesName(text.charCodeAt(end))) end += 1;
    this.take('name', end);
    if (isKeyword(this.value)) {
      this.kind = 'keyword';
      this.value = this.value.toUpperCase();
    }
  }

  private takeQuoted(kind: 'text' | 'quoted', quote: string): void {
    const { text } = this;
    let end = text.indexOf(quote, this.start + 1);
    let doubled = false;
    while (end !== -1 && text[end + 1] === quote) {
      doubled = true;
      end = text.indexOf(quote, end + 2);
    }
    if (end === -1) throw invalidFilter(this.start, `the quote ${quote} that opens here is never closed`);
    const inner = text.slice(this.start + 1, end);
    this.kind = kind;
    this.value = doubled ? inner.replaceAll(quote + quote, quote) : inner;
    this.next = end + 1;
  }

  private takeNumber(): void {
    const { text } = this;
    let end = this.start + (text.charCodeAt(this.start) === 45 ? 1 : 0);
    const whole = end;
    while (isDigit(text.charCodeAt(end))) end += 1;
    let digits = end - whole;
    if (text[end] === '.') {
      const fraction = end + 1;
      end = fraction;
      while (isDigit(text.charCodeAt(end))) end += 1;
      digits += end - fraction;
      if (end === fraction) digits = 0;
    }
    if (digits > 0) end = this.exponentEnd(end);
    this.take('number', end);
    const after = text.charCodeAt(end);
    if (digits === 0 || continuesName(after) || after === 45) {
      throw invalidFilter(this.start, 'this is not a number; texts and times stand in single quotes');
    }
  }

  /** Where a number whose mantissa ends here ends with its exponent, if it has one. */
  private exponentEnd(mantissa: number): number {
    const { text } = this;
    if (text[mantissa] !== 'e' && text[mantissa] !== 'E') return mantissa;
    let end = mantissa + 1;
    if (text[end] === '+' || text[end] === '-') end += 1;
    const first = end;
    while (isDigit(text.charCodeAt(end))) end += 1;
    return end === first ? mantissa : end;
  }

  private takeSymbol(): void {
    const { text, start } = this;
    const sign = text[start] ?? '';
    const follower = text[start + 1] ?? '';
    const isPair = (follower === '=' && (sign === '<' || sign === '>' || sign === '!')) || (sign === '<' && follower === '>');
    this.take('symbol', start + (isPair ? 2 : 1));
    if (!isPair && !'=<>(),'.includes(sign)) {
      throw invalidFilter(start, `${sign} means nothing here; texts stand in single quotes, names with other signs in double quotes`);
    }
  }
}
