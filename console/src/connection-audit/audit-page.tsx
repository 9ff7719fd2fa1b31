// What was done to a connection and through it: the audit log, found by who, what, how it ended and when.
import { FormControlLabel, Link, Switch, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { type AuditEntry, filterOf } from '../api/audit.ts';
import { hasFailed } from '../api/failed.ts';
import { pagesQuery } from '../api/pages.ts';
import { addressOf, useConnectionName, useProject } from '../app/place.ts';
import { AuditEntryDialog } from '../audit/entry-dialog.tsx';
import { OutcomeChip } from '../audit/outcome-chip.tsx';
import { AuditSearchForm, useAuditSearch } from '../audit/search-form.tsx';
import { useAddressValue } from '../parts/address-state.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Ago } from '../parts/time.tsx';

export function ConnectionAuditPage(): JSX.Element {
  const { t } = useTranslation();
  const name = useConnectionName();
  const project = useProject();
  const search = useAuditSearch();
  // Pages that look at a connection leave a record each time; who looks for what was done does not want those.
  const [looks, setLooks] = useAddressValue('looks');
  const filter = [ofConnection(name), ...(looks === '' ? ['kind != ADMIN_READ'] : []), filterOf({ ...search, resource: '' })].filter((part) => part !== '').join(' AND ');
  const entries = useInfiniteQuery({ ...pagesQuery<AuditEntry>(`/v1/projects/${encodeURIComponent(project)}/auditEntries`, 'auditEntries', { filter }), placeholderData: (before) => before });
  const [open, setOpen] = useState<AuditEntry>();
  return (
    <>
      <AuditSearchForm hasResource={false} />
      <FormControlLabel control={<Switch checked={looks === ''} onChange={({ target }) => setLooks(target.checked ? '' : 'yes')} />} label={t('connectionAudit.hideLooks')} sx={{ mb: 1 }} />
      {hasFailed(entries) ? <ErrorAlert error={entries.error} retry={() => void entries.refetch()} /> : entries.data === undefined ? <Loading /> : (
        <DataTable
          label={t('nav.audit')} columns={columnsOf(t, setOpen)} rows={entries.data.pages.flatMap(({ items }) => items)} rowKey={({ name: one }) => one} empty={t('audit.none')}
          onEnd={() => { if (entries.hasNextPage && !entries.isFetching) void entries.fetchNextPage(); }} isFetchingMore={entries.isFetchingNextPage}
        />
      )}
      <Typography variant="body2" sx={{ mt: 1.5 }}><Link component={RouterLink} to={addressOf(`projects/${project}`, 'audit')}>{t('connectionAudit.wholeLog')}</Link></Typography>
      {open === undefined ? null : <AuditEntryDialog entry={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** The connection, and what lies below it; not what is only called alike. The first part is what the store finds quickly. */
function ofConnection(name: string): string {
  return `resource = ${JSON.stringify(`${name}*`)} AND (resource = ${JSON.stringify(name)} OR resource = ${JSON.stringify(`${name}/*`)})`;
}

function columnsOf(t: TFunction, onOpen: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  return [
    { key: 'time', head: t('audit.time'), width: '130px', cell: ({ time }) => <Ago time={time} /> },
    { key: 'principal', head: t('audit.caller'), width: 'minmax(120px, 1fr)', cell: ({ principal }) => <span title={principal}>{principal || t('audit.nobody')}</span> },
    { key: 'operation', head: t('audit.row'), width: 'minmax(190px, 1fr)', cell: (one) => <Link component="button" type="button" title={one.operation} onClick={() => onOpen(one)}><code>{one.operation}</code></Link> },
    { key: 'kind', head: t('audit.kind'), width: '120px', cell: ({ kind }) => kind },
    { key: 'outcome', head: t('audit.outcome'), width: '175px', cell: ({ status }) => <OutcomeChip code={status.code} /> },
    { key: 'ms', head: 'ms', width: '56px', align: 'end', cell: ({ milliseconds }) => milliseconds },
  ];
}
