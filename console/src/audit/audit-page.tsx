// Who did what to what, and how it ended: searched by the server, read page by page, taken away as lines.
import Download from '@mui/icons-material/Download';
import { Button, FormControlLabel, Link, Switch } from '@mui/material';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditEntry, auditQuery, exportAudit } from '../api/audit.ts';
import { hasFailed } from '../api/failed.ts';
import { useIsAdministrator } from '../api/permissions.ts';
import { useProject } from '../app/place.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Ago } from '../parts/time.tsx';
import { Target } from '../operations/target.tsx';
import { AuditEntryDialog } from './entry-dialog.tsx';
import { AuditSearchForm, useAuditSearch } from './search-form.tsx';
import { OutcomeChip } from './outcome-chip.tsx';

export function AuditPage(): JSX.Element {
  const { t } = useTranslation();
  const here = useProject();
  const isAdministrator = useIsAdministrator();
  const [scope, setScope] = useAddressValue('scope');
  const project = scope === 'all' && isAdministrator ? '' : here;
  const search = useAuditSearch();
  const entries = useInfiniteQuery({ ...auditQuery(project, search), placeholderData: (before) => before });
  const [open, setOpen] = useState<AuditEntry>();
  const exporting = useMutation({ mutationFn: () => exportAudit(project, search), gcTime: 0, onSuccess: (file) => saveFile(file, `audit-${project === '' ? 'all' : project}.jsonl`) });
  const columns: readonly Column<AuditEntry>[] = [
    { key: 'time', head: t('audit.time'), width: '130px', cell: ({ time }) => <Ago time={time} /> },
    { key: 'principal', head: t('audit.caller'), width: 'minmax(110px, 1fr)', cell: ({ principal }) => <span title={principal}>{principal || t('audit.nobody')}</span> },
    { key: 'operation', head: t('audit.row'), width: 'minmax(220px, 1.5fr)', cell: (one) => <Link component="button" type="button" title={one.operation} onClick={() => setOpen(one)}><code>{one.operation}</code></Link> },
    { key: 'resource', head: t('audit.resource'), width: 'minmax(200px, 2fr)', cell: ({ resource }) => (resource === '' ? t('audit.installation') : <Target name={resource} />) },
    { key: 'outcome', head: t('audit.outcome'), width: '175px', cell: ({ status }) => <OutcomeChip code={status.code} /> },
    { key: 'ms', head: 'ms', width: '50px', align: 'end', cell: ({ milliseconds }) => milliseconds },
  ];
  return (
    <Page
      title={t('nav.audit')}
      actions={<>
        {isAdministrator ? <FormControlLabel control={<Switch checked={scope === 'all'} onChange={({ target }) => setScope(target.checked ? 'all' : '')} />} label={t('audit.everywhere')} /> : null}
        <Button variant="outlined" startIcon={<Download />} loading={exporting.isPending} onClick={() => exporting.mutate()}>{t('audit.export')}</Button>
      </>}
    >
      <AuditSearchForm />
      {exporting.error === null ? null : <ErrorAlert error={exporting.error} />}
      {hasFailed(entries) ? <ErrorAlert error={entries.error} retry={() => void entries.refetch()} /> : null}
      {entries.data === undefined ? (hasFailed(entries) ? null : <Loading />) : hasFailed(entries) ? null : (
        <DataTable
          label={t('nav.audit')} columns={columns} rows={entries.data.pages.flatMap(({ items }) => items)} rowKey={({ name }) => name} empty={t('audit.none')}
          onEnd={() => { if (entries.hasNextPage && !entries.isFetching) void entries.fetchNextPage(); }} isFetchingMore={entries.isFetchingNextPage}
        />
      )}
      {open === undefined ? null : <AuditEntryDialog entry={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
