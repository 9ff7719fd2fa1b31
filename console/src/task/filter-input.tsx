// filterClause: a text with the columns completed as one writes, and the server's fault under the place it was found at.
import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { type JSX, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import type { Field } from '../api/schema.ts';
import { CodeEditor, type Fault } from '../parts/code-editor.tsx';

const KEYWORDS = ['AND', 'OR', 'NOT', 'IN', 'LIKE', 'BETWEEN', 'IS NULL', 'IS NOT NULL', 'TRUE', 'FALSE'];

export interface FilterInputProps {
  readonly fields: readonly Field[];
  readonly requires: readonly string[];
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly error: Error | null;
}

export function FilterInput({ fields, requires, text, onChange, error }: FilterInputProps): JSX.Element {
  const { t } = useTranslation();
  const complete = useMemo(() => completionOf(fields), [fields]);
  const faults = useMemo(() => faultsOf(error, text), [error, text]);
  const pushed = fields.filter(({ additionalDetails }) => additionalDetails?.filters !== undefined).map(({ name }) => name);
  const help = [
    ...(requires.length === 0 ? [] : [t('schema.requires', { columns: requires.join(', ') })]),
    ...(pushed.length === 0 ? [] : [t('task.pushed', { columns: pushed.slice(0, 8).join(', ') })]), t('task.quotes'),
  ].join(' ');
  return <CodeEditor label="filterClause" language="filter" value={text} onChange={onChange} complete={complete} faults={faults} minHeight={56} help={help} />;
}

/** Columns where a condition begins, and the words between conditions. Nothing inside of a value. */
function completionOf(fields: readonly Field[]): CompletionSource {
  const columns = fields.map(({ name, dataType, description }) => ({ label: name, type: 'property', detail: dataType.toLowerCase(), info: description }));
  const keywords = KEYWORDS.map((label) => ({ label, type: 'keyword' }));
  const choices = new Map(fields.map(({ name, additionalDetails }) => [name.toLowerCase(), additionalDetails?.enum ?? []]));
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.doc.sliceString(0, context.pos);
    const value = /(\w+)\s*(?:=|!=|<>)\s*'([^']*)$/.exec(before);
    if (value !== null) {
      const options = choices.get((value[1] ?? '').toLowerCase()) ?? [];
      return options.length === 0 ? null : { from: context.pos - (value[2] ?? '').length, options: options.map((label) => ({ label, type: 'enum' })) };
    }
    if ((before.match(/'/g)?.length ?? 0) % 2 === 1) return null;
    const word = context.matchBefore(/[\w.]*/);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: [...columns, ...keywords], validFor: /^[\w.]*$/ };
  };
}

/** The server counts from 1 and says where it stopped: the word that stands there is marked. */
function faultsOf(error: Error | null, text: string): readonly Fault[] {
  if (!(error instanceof ApiError)) return [];
  const messages = error.violations.length > 0 ? error.violations.map(({ description }) => description) : [error.message];
  return messages.flatMap((message) => {
    const position = /position (\d+)/.exec(message)?.[1];
    if (position === undefined) return [];
    const from = Number(position) - 1;
    return [{ from, to: from + (/^[\w.]+|^\S/.exec(text.slice(from))?.[0].length ?? 1), message }];
  });
}
