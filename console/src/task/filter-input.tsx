// filterClause: a text with columns, operators and values completed as one writes, checked by the server while one pauses, and its
// fault under the place where it was found.
import { Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import type { Field } from '../api/schema.ts';
import { CodeEditor, type Fault } from '../parts/code-editor.tsx';
import { type Explanation, explanationQuery } from './explanation.ts';
import { filterCompletion } from './filter-completion.ts';
import { NO_INPUTS } from './inputs.ts';

const PAUSE_MS = 600;

export interface FilterInputProps {
  readonly connection: string;
  readonly entity: string;
  readonly fields: readonly Field[];
  readonly requires: readonly string[];
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Of the task that was run. */
  readonly error: Error | null;
}

export function FilterInput({ connection, entity, fields, requires, text, onChange, error }: FilterInputProps): JSX.Element {
  const { t } = useTranslation();
  const complete = useMemo(() => filterCompletion(fields), [fields]);
  const paused = usePaused(text);
  const checked = useQuery({ ...explanationQuery(connection, entity, { ...NO_INPUTS, filter: paused }), enabled: paused.trim() !== '' });
  const fault = text === paused && text.trim() !== '' ? (checked.error ?? error) : null;
  const faults = useMemo(() => faultsOf(fault, text), [fault, text]);
  const pushed = fields.filter(({ additionalDetails }) => additionalDetails?.filters !== undefined).map(({ name }) => name);
  const help = [
    ...(requires.length === 0 ? [] : [t('schema.requires', { columns: requires.join(', ') })]),
    ...(pushed.length === 0 ? [] : [t('task.pushed', { columns: pushed.slice(0, 8).join(', ') })]), t('task.quotes'),
  ].join(' ');
  return (
    <div>
      <CodeEditor label="filterClause" language="filter" value={text} onChange={onChange} complete={complete} faults={faults} minHeight={56} help={help} />
      <div role="status">
        {faults.map(({ from, message }) => <Typography key={message} variant="body2" sx={{ color: 'error.main' }}><span lang="en">{message}</span>{` (${from + 1})`}</Typography>)}
        {faults.length === 0 && text.trim() !== '' && text === paused && checked.data !== undefined && checked.error === null ? <Plan plan={checked.data} /> : null}
      </div>
    </div>
  );
}

/** In one line: what Stripe does, and what is left to do here. */
function Plan({ plan: { pushed, remaining } }: { readonly plan: Explanation }): JSX.Element {
  const { t } = useTranslation();
  const parts = [...(pushed.length === 0 ? [] : [t('task.atStripe', { filter: pushed.join(' AND ') })]), ...(remaining === '' ? [] : [t('task.here', { filter: remaining })])];
  return <Typography variant="body2" sx={{ color: 'text.secondary' }}>{parts.join(' ')}</Typography>;
}

/** The text as it was when one last stopped writing. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

/** The server counts from 1 and says where it stopped: the word that stands there is marked. Faults of other kinds are told elsewhere. */
export function faultsOf(error: Error | null, text: string): readonly Fault[] {
  if (!(error instanceof ApiError)) return [];
  const messages = error.violations.length > 0 ? error.violations.map(({ description }) => description) : [error.message];
  return messages.flatMap((message) => {
    const position = /position (\d+)/.exec(message)?.[1];
    if (position === undefined) return [];
    const from = Math.min(Number(position) - 1, text.length);
    const said = message.replace(/^Filter, position \d+: /, '').replace(/ \(position \d+\)/, '');
    return [{ from, to: from + (/^[\w.]+|^\S/.exec(text.slice(from))?.[0].length ?? 1), message: said }];
  });
}
