// What the audit log is searched by; kept in the address, and asked for when one stops typing.
import { Box, Button, TextField } from '@mui/material';
import { type JSX, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { AuditSearch } from '../api/audit.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { Choice } from '../parts/choice.tsx';
import { OUTCOMES } from './outcome-chip.tsx';

const FIELDS = ['principal', 'operation', 'resource', 'outcome', 'from', 'to'] as const satisfies readonly (keyof AuditSearch)[];

export function useAuditSearch(): AuditSearch {
  const [parameters] = useSearchParams();
  const text = FIELDS.map((field) => parameters.get(field) ?? '').join('\0');
  return useMemo(() => {
    const [principal = '', operation = '', resource = '', outcome = '', from = '', to = ''] = text.split('\0');
    return { principal, operation, resource, outcome, from, to };
  }, [text]);
}

/** @param hasResource whether one may search by what it was done to; not where that is settled. */
export function AuditSearchForm({ hasResource = true }: { readonly hasResource?: boolean }): JSX.Element {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const [outcome, setOutcome] = useAddressValue('outcome');
  const isSearching = FIELDS.some((field) => parameters.has(field));
  // What is typed begins anew with each clearing.
  const [round, setRound] = useState(0);
  const clear = (): void => {
    setRound(round + 1);
    setParameters(() => {
      const next = new URLSearchParams(location.search);
      for (const field of FIELDS) next.delete(field);
      return next;
    }, { replace: true });
  };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(3, 1fr)', lg: `repeat(${hasResource ? 4 : 3}, 1fr) 225px 225px` }, gap: 1.5, mb: 1.5 }}>
      <SearchText key={`principal ${round}`} name="principal" label={t('audit.caller')} />
      <SearchText key={`operation ${round}`} name="operation" label={t('audit.row')} />
      {hasResource ? <SearchText key={`resource ${round}`} name="resource" label={t('audit.resource')} /> : null}
      <Choice label={t('audit.outcome')} value={outcome} onChange={setOutcome} isWide choices={[{ value: '!OK', label: t('audit.failed') }, ...OUTCOMES.map((value) => ({ value, label: value }))]} />
      <SearchTime name="from" label={t('audit.from')} />
      <SearchTime name="to" label={t('audit.to')} />
      {isSearching ? <Button onClick={clear} sx={{ justifySelf: 'start' }}>{t('audit.clear')}</Button> : null}
    </Box>
  );
}

const STOPPED_MS = 300;

function SearchText({ name, label }: { readonly name: string; readonly label: string }): JSX.Element {
  const [value, setValue] = useAddressValue(name);
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => setValue(text), STOPPED_MS);
    return () => clearTimeout(timer);
  }, [text, value, setValue]);
  return <TextField type="search" label={label} value={text} onChange={({ target }) => setText(target.value)} />;
}

function SearchTime({ name, label }: { readonly name: string; readonly label: string }): JSX.Element {
  const [value, setValue] = useAddressValue(name);
  return <TextField type="datetime-local" label={label} sx={{ gridColumn: { xs: 'span 2', sm: 'auto' } }} value={value} onChange={({ target }) => setValue(target.value)} slotProps={{ inputLabel: { shrink: true } }} />;
}
