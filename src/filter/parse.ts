// Filter text → Filter. The only place that reads filter text; it knows no entity, so names and values are as they were written.
//
//   filter    = [ or ]                                   an empty text keeps every row
//   or        = and { OR and }
//   and       = not { AND not }
//   not       = NOT not | "(" or ")" | condition
//   condition = column ( operator value
//                      | IS [NOT] NULL
//                      | [NOT] IN "(" value { "," value } ")"
//                      | [NOT] LIKE text [ ESCAPE text ]
//                      | [NOT] BETWEEN value AND value )
import { EVERY_ROW, type Comparison, type Filter, type Scalar } from '../spi/filter.ts';
import type { Condition } from './conjuncts.ts';
import { escapeWithBackslash } from './like.ts';
import { invalidFilter, Scanner } from './scanner.ts';

/** Longest text of a filter, in characters. */
export const MAX_FILTER_LENGTH = 65_536;
/** How deep parentheses and NOT may nest. */
export const MAX_FILTER_DEPTH = 100;
/** How many values an IN list may hold. */
export const MAX_LIST_VALUES = 1_000;

const OPERATORS: Readonly<Record<string, Comparison>> = { '=': '=', '!=': '!=', '<>': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };

/** Where conditions stood in their text: beside the filter, so that equal filters are equal wherever they were written. */
const positions = new WeakMap<Filter, number>();

/** The position, counted from 1, at which the text of a condition begins; undefined where it came from no text. */
export function positionOf(condition: Condition): number | undefined {
  return positions.get(condition);
}

/**
 * Reads a WHERE fragment. A bare number that a number cannot hold as it is written (`00110`, `1500.0`) stays text;
 * `checkFilter` reads every value by the type of its column.
 * @throws StatusError INVALID_ARGUMENT, reason INVALID_FILTER, with the position and what was expected there.
 */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_FILTER_LENGTH) {
    throw invalidFilter(MAX_FILTER_LENGTH, `a filter has at most ${MAX_FILTER_LENGTH} characters, this one has ${text.length}`);
  }
  const scanner = new Scanner(text);
  if (scanner.atEnd()) return EVERY_ROW;
  const filter = disjunction(scanner, 0);
  if (!scanner.atEnd()) throw scanner.expected('AND, OR or the end of the filter');
  return filter;
}

function disjunction(scanner: Scanner, depth: number): Filter {
  const first = conjunction(scanner, depth);
  if (!scanner.isKeyword('OR')) return first;
  const filters = flattened('or', first);
  while (scanner.isKeyword('OR')) {
    scanner.advance();
    filters.push(...flattened('or', conjunction(scanner, depth)));
  }
  return { kind: 'or', filters };
}

function conjunction(scanner: Scanner, depth: number): Filter {
  const first = negation(scanner, depth);
  if (!scanner.isKeyword('AND')) return first;
  const filters = flattened('and', first);
  while (scanner.isKeyword('AND')) {
    scanner.advance();
    filters.push(...flattened('and', negation(scanner, depth)));
  }
  return { kind: 'and', filters };
}

/** `a AND (b AND c)` and `a AND b AND c` are one filter, so they become one tree. */
function flattened(kind: 'and' | 'or', filter: Filter): Filter[] {
  return filter.kind === kind ? [...filter.filters] : [filter];
}

function negation(scanner: Scanner, depth: number): Filter {
  if (depth > MAX_FILTER_DEPTH) throw invalidFilter(scanner.start, `parentheses and NOT nest at most ${MAX_FILTER_DEPTH} deep`);
  if (scanner.isKeyword('NOT')) {
    scanner.advance();
    return { kind: 'not', filter: negation(scanner, depth + 1) };
  }
  if (!scanner.isSymbol('(')) return condition(scanner);
  scanner.advance();
  const inner = disjunction(scanner, depth + 1);
  takeSymbol(scanner, ')', 'AND, OR or )');
  return inner;
}

function condition(scanner: Scanner): Filter {
  const { start } = scanner;
  const filter = conditionHere(scanner);
  mark(filter, start + 1);
  return filter;
}

/** NOT IN and BETWEEN hold conditions that begin at the same place. */
function mark(filter: Filter, position: number): void {
  if ('filters' in filter) for (const part of filter.filters) mark(part, position);
  else if (filter.kind === 'not') mark(filter.filter, position);
  else positions.set(filter, position);
}

function conditionHere(scanner: Scanner): Filter {
  const field = scanner.value;
  if ((scanner.kind !== 'name' && scanner.kind !== 'quoted') || field === '') throw scanner.expected('a column name');
  scanner.advance();
  const operator = currentOperator(scanner);
  if (operator !== undefined) {
    scanner.advance();
    return { kind: 'compare', field, operator, value: takeValue(scanner) };
  }
  if (scanner.isKeyword('IS')) return nullTest(scanner, field);
  const negated = scanner.isKeyword('NOT');
  if (negated) scanner.advance();
  const test = wordTest(scanner, field, negated);
  return negated ? { kind: 'not', filter: test } : test;
}

function currentOperator({ kind, value }: Scanner): Comparison | undefined {
  return kind === 'symbol' ? OPERATORS[value] : undefined;
}

function wordTest(scanner: Scanner, field: string, negated: boolean): Filter {
  if (scanner.isKeyword('IN')) return listTest(scanner, field);
  if (scanner.isKeyword('LIKE')) return patternTest(scanner, field);
  if (scanner.isKeyword('BETWEEN')) return rangeTest(scanner, field);
  throw scanner.expected(negated ? 'IN, LIKE or BETWEEN' : '=, !=, <, <=, >, >=, LIKE, IN, NOT, BETWEEN or IS');
}

function nullTest(scanner: Scanner, field: string): Filter {
  scanner.advance();
  const negated = scanner.isKeyword('NOT');
  if (negated) scanner.advance();
  if (!scanner.isKeyword('NULL')) throw scanner.expected(negated ? 'NULL' : 'NULL or NOT NULL');
  scanner.advance();
  const test: Filter = { kind: 'isNull', field };
  return negated ? { kind: 'not', filter: test } : test;
}

function listTest(scanner: Scanner, field: string): Filter {
  scanner.advance();
  takeSymbol(scanner, '(', '(');
  const values: Scalar[] = [takeValue(scanner)];
  while (scanner.isSymbol(',')) {
    scanner.advance();
    if (values.length === MAX_LIST_VALUES) throw invalidFilter(scanner.start, `an IN list holds at most ${MAX_LIST_VALUES} values`);
    values.push(takeValue(scanner));
  }
  takeSymbol(scanner, ')', '"," or ")"');
  return { kind: 'in', field, values };
}

function patternTest(scanner: Scanner, field: string): Filter {
  scanner.advance();
  const at = scanner.start;
  const written = takeText(scanner, 'a pattern in single quotes');
  let escape = '\\';
  if (scanner.isKeyword('ESCAPE')) {
    scanner.advance();
    const escapeAt = scanner.start;
    escape = takeText(scanner, 'one character in single quotes');
    if (escape.length > 1) throw invalidFilter(escapeAt, 'ESCAPE takes one character');
  }
  const pattern = escapeWithBackslash(written, escape);
  if (pattern === undefined) throw invalidFilter(at, `the pattern ends in its escape character ${escape}: write it twice to mean itself`);
  return { kind: 'like', field, pattern };
}

function rangeTest(scanner: Scanner, field: string): Filter {
  scanner.advance();
  const from: Filter = { kind: 'compare', field, operator: '>=', value: takeValue(scanner) };
  if (!scanner.isKeyword('AND')) throw scanner.expected('AND and the upper end of BETWEEN');
  scanner.advance();
  const to: Filter = { kind: 'compare', field, operator: '<=', value: takeValue(scanner) };
  return { kind: 'and', filters: [from, to] };
}

function takeSymbol(scanner: Scanner, sign: string, wanted: string): void {
  if (!scanner.isSymbol(sign)) throw scanner.expected(wanted);
  scanner.advance();
}

function takeText(scanner: Scanner, wanted: string): string {
  const { kind, value } = scanner;
  if (kind !== 'text' && kind !== 'quoted') throw scanner.expected(wanted);
  scanner.advance();
  return value;
}

function takeValue(scanner: Scanner): Scalar {
  const value = currentValue(scanner);
  if (value === undefined) throw scanner.expected("a value: 'text' in single quotes, a number, TRUE, FALSE or NULL");
  scanner.advance();
  return value;
}

function currentValue({ kind, value }: Scanner): Scalar | undefined {
  if (kind === 'text' || kind === 'quoted') return value;
  if (kind === 'number') return String(Number(value)) === value ? Number(value) : value;
  if (kind !== 'keyword') return undefined;
  if (value === 'TRUE') return true;
  if (value === 'FALSE') return false;
  return value === 'NULL' ? null : undefined;
}
