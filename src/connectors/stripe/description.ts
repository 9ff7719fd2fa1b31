// What people read about entities, columns and actions: the SDK's own words where they are installed, ours where it is silent,
// and the unit in any case. It decides nothing.
import { fieldType } from './columns.ts';
import { words } from './spelling.ts';
import type { Descriptions, Property } from './table.ts';

export interface Words {
  entity(name: string): string | undefined;
  action(name: string): string | undefined;
  property(shape: string, key: string): string | undefined;
}

/** Looks texts up; without descriptions, nothing is known. */
export function wordsOf(descriptions: Descriptions | undefined): Words {
  const text = (index: number | undefined): string | undefined => (index === undefined ? undefined : descriptions?.texts[index]);
  return {
    entity: (name) => text(descriptions?.entities[name]),
    action: (name) => text(descriptions?.actions[name]),
    property: (shape, key) => text(descriptions?.shapes[shape]?.[key]),
  };
}

interface Form {
  readonly words: string;
  /** How the SDK's own words say the same, where they do: it is said once. */
  readonly said?: RegExp;
}

const FORMS: Readonly<Partial<Record<NonNullable<Property['format']>, Form>>> = {
  'minor-units': { words: 'In the smallest unit of the currency: 1000 is $10.00 or ¥1000.', said: /smallest (currency )?unit|minor unit/i },
  percent: { words: 'In percent: 7.5 is 7.5 %.', said: /percentage|in percent/i },
  currency: { words: 'Three-letter ISO 4217 code, in lower case.', said: /(three|3)-letter.*lower ?case/is },
  country: { words: 'Two-letter ISO 3166-1 code.', said: /(two|2)-letter|ISO 3166/i },
  date: { words: 'A day, YYYY-MM-DD.', said: /YYYY-MM-DD/i },
};

/** What the wire of Stripe has, and rows do not. */
const EPOCH = /\s*\bMeasured in seconds since (the )?Unix epoch\.?/gi;

/** The unit or the form of a value, where its type alone does not tell. */
function formOf(property: Property): Form | undefined {
  if (property.list === true) return { words: 'A list; at most its first ten elements until it is completed.' };
  if (property.type === 'timestamp') return { words: 'RFC 3339 in UTC; unix seconds and dates are taken, too.' };
  if (property.type === 'decimal') return { words: 'A decimal number as text, with at most 12 places.', said: /at most 12 decimal places/i };
  if (property.type === 'file') return { words: 'The bytes as base64, at most 10 MB; or {"data", "name", "type"}.' };
  return property.format === undefined ? undefined : FORMS[property.format];
}

export function describeProperty(texts: Words, owner: string, path: readonly string[], property: Property): string {
  const known = texts.property(owner, path.at(-1) ?? '');
  const own = property.type === 'timestamp' ? known?.replaceAll(EPOCH, '').trim() : known;
  const text = own === undefined || own === '' ? plainWords(path, property) : own;
  const form = formOf(property);
  return form === undefined || form.said?.test(text) === true ? text : `${text} ${form.words}`;
}

/** `invoice_settings.footer` → "Footer, in invoice settings." */
function plainWords(path: readonly string[], property: Property): string {
  const [key = '', ...above] = path.toReversed().map(words);
  const subject = property.expands !== undefined && fieldType(property) === 'string' ? `id of the ${key}` : key;
  const where = above.length === 0 ? '' : `, in ${above.join(' of ')}`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)}${where}.`;
}
