// What may stand where one writes in a filter: columns, then operators, then values, then what joins conditions.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { Field } from '../api/schema.ts';

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];
const WORDS = ['LIKE', 'NOT LIKE', 'IN', 'NOT IN', 'BETWEEN', 'IS NULL', 'IS NOT NULL'];
const JOINTS = ['AND', 'OR'];
const UNORDERED = new Set(['BOOLEAN']);

/** The end of what is before the cursor, by what is written last. */
const VALUE = /([\w.]+)\s*(?:=|!=|<>|(?:NOT\s+)?LIKE)\s*'([^']*)$/i;
const IN_VALUE = /([\w.]+)\s+(?:NOT\s+)?IN\s*\((?:[^()']|'[^']*')*'([^']*)$/i;
const BARE_VALUE = /([\w.]+)\s*(?:=|!=|<>)\s*(\w*)$/;
const AFTER_COLUMN = /(?:^|\(|\bAND\s|\bOR\s|\bNOT\s)\s*([\w.]+)\s+([!<>=A-Za-z]*)$/i;
const AFTER_VALUE = /(?:'[^']*'|\b\d+|\bTRUE|\bFALSE|\bNULL|\))\s+(\w*)$/i;
const COLUMN = /(?:^|[\s(])([\w.]*)$/;

export function filterCompletion(fields: readonly Field[]): CompletionSource {
  const columns: readonly Completion[] = fields.map(({ name, dataType, description, additionalDetails }) => ({
    label: name, type: 'property', detail: [dataType.toLowerCase(), ...(additionalDetails?.filters === undefined ? [] : ['Stripe'])].join(' · '), info: description, boost: additionalDetails?.filters === undefined ? 0 : 1,
  }));
  const known = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.doc.sliceString(0, context.pos);
    const offer = (typed: string, options: readonly Completion[]): CompletionResult | null => (options.length === 0 ? null : { from: context.pos - typed.length, options });

    const text = VALUE.exec(before) ?? IN_VALUE.exec(before);
    if (text !== null) return offer(text[2] ?? '', enumOf(known.get((text[1] ?? '').toLowerCase())).map((label) => ({ label, type: 'enum' })));
    // Inside of a text nothing is known.
    if ((before.match(/'/g)?.length ?? 0) % 2 === 1) return null;

    const bare = BARE_VALUE.exec(before);
    if (bare !== null) return offer(bare[2] ?? '', valuesOf(known.get((bare[1] ?? '').toLowerCase())));
    const column = AFTER_COLUMN.exec(before);
    const field = known.get((column?.[1] ?? '').toLowerCase());
    if (column !== null && field !== undefined) return offer(column[2] ?? '', operatorsOf(field));
    const joint = AFTER_VALUE.exec(before);
    if (joint !== null) return offer(joint[1] ?? '', JOINTS.map((label) => ({ label, type: 'keyword', apply: `${label} ` })));
    const word = COLUMN.exec(before);
    if (word === null || ((word[1] ?? '') === '' && !context.explicit)) return null;
    return { from: context.pos - (word[1] ?? '').length, options: [...columns, { label: 'NOT', type: 'keyword', apply: 'NOT ' }], validFor: /^[\w.]*$/ };
  };
}

function enumOf(field: Field | undefined): readonly string[] {
  return field?.additionalDetails?.enum ?? [];
}

/** Values with what stands around them. */
function valuesOf(field: Field | undefined): readonly Completion[] {
  if (field === undefined) return [];
  if (field.dataType === 'BOOLEAN') return ['TRUE', 'FALSE'].map((label) => ({ label, type: 'constant' }));
  if (field.dataType === 'TIMESTAMP') return [{ label: `'${new Date().toISOString().slice(0, 10)}'`, type: 'text' }];
  return enumOf(field).map((value) => ({ label: `'${value}'`, type: 'enum' }));
}

/** Those that the source itself answers stand first. */
function operatorsOf({ dataType, additionalDetails }: Field): readonly Completion[] {
  const pushed = additionalDetails?.filters ?? [];
  const comparisons = UNORDERED.has(dataType) ? COMPARISONS.slice(0, 2) : COMPARISONS;
  const words = dataType === 'VARCHAR' ? WORDS : WORDS.filter((word) => !word.includes('LIKE'));
  return [...comparisons, ...words].map((label) => ({
    label, type: 'keyword', apply: label.startsWith('IS') ? label : `${label} `, ...(pushed.includes(label) ? { detail: 'Stripe', boost: 2 } : {}),
  }));
}
