// A literal read by the type of its column. Filters quote every value, so '1500', 'true' and '2024-01-31' arrive as texts.
import type { FieldType } from '../spi/catalog.ts';
import type { Scalar } from '../spi/filter.ts';
import { textOf } from './comparable.ts';
import { decimalOf, isDecimal } from './decimal.ts';
import { canonicalTime } from './instant.ts';
import { inSmallestUnit, looksLikeLargeUnit } from './minor-units.ts';

/** Either the value or what was wrong with it. */
export type Reading = { readonly value: Scalar } | { readonly fault: string };

/** Beyond the year 5138 in seconds, and only since 1973 in milliseconds: so large a number is taken for milliseconds. */
const LARGEST_SECONDS = 100_000_000_000;

/**
 * Reads a literal as a column of this type holds it: numbers, booleans, times (as RFC 3339 in UTC) or text. A decimal keeps
 * the digits that a float would lose as text. An integer column may be compared with 10.5, which no row equals.
 */
export function readLiteral(type: FieldType, literal: Scalar): Reading {
  if (literal === null) return { value: null };
  switch (type) {
    case 'string':
      return { value: textOf(literal) };
    case 'json':
      return { value: jsonText(textOf(literal) ?? '') };
    case 'integer':
    case 'decimal':
      return readNumber(type, literal);
    case 'boolean':
      return readBoolean(literal);
    case 'timestamp':
      return readTime(literal);
  }
}

/** As `readLiteral`, for a column that counts the smallest unit of a currency: '15.00' may mean 1500 or 15 of them, and is not guessed at. */
export function readAmount(type: FieldType, literal: Scalar): Reading {
  if (type !== 'integer' || typeof literal !== 'string' || !looksLikeLargeUnit(literal)) return readLiteral(type, literal);
  const advice = inSmallestUnit(literal);
  return { fault: `${quoted(literal)} is no number of the currency's smallest unit${advice === '' ? '' : `: ${advice}`}` };
}

/** JSON is compared as the text that rows give, which has no spaces outside of strings. */
function jsonText(text: string): string {
  if (!text.startsWith('{') && !text.startsWith('[')) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function readNumber(type: 'integer' | 'decimal', literal: string | number | boolean): Reading {
  const text = String(literal).trim();
  const number = Number(text);
  if (typeof literal === 'boolean' || !isDecimal(text) || !Number.isFinite(number)) {
    return { fault: `${quoted(literal)} is not ${type === 'integer' ? 'an integer' : 'a number'}` };
  }
  return { value: decimalOf(text) };
}

function readBoolean(literal: string | number | boolean): Reading {
  const word = String(literal).trim().toLowerCase();
  if (word === 'true' || word === '1') return { value: true };
  if (word === 'false' || word === '0') return { value: false };
  return { fault: `${quoted(literal)} is neither TRUE nor FALSE` };
}

function readTime(literal: string | number | boolean): Reading {
  const written = typeof literal === 'string' ? literal.trim() : literal;
  if (typeof written !== 'boolean') {
    if (Math.abs(Number(written)) > LARGEST_SECONDS) return { fault: `${quoted(literal)} looks like milliseconds; times are unix seconds or RFC 3339` };
    const value = canonicalTime(written);
    if (value !== null) return { value };
  }
  return { fault: `${quoted(literal)} is not a time: write '2025-01-31T12:00:00Z', '2025-01-31' or unix seconds` };
}

function quoted(literal: string | number | boolean): string {
  const text = String(literal);
  return `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`;
}
