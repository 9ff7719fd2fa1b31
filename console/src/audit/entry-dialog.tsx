// One record with everything that it tells.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Member } from '../access/member.tsx';
import type { AuditEntry } from '../api/audit.ts';
import { Target } from '../operations/target.tsx';
import { Facts } from '../parts/facts.tsx';
import { Exact } from '../parts/time.tsx';
import { OutcomeChip } from './outcome-chip.tsx';

export function AuditEntryDialog({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const { status, sourceRequestIds } = entry;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="entry-title">
      <DialogTitle id="entry-title">{entry.operation}</DialogTitle>
      <DialogContent tabIndex={0}>
        <Facts
          facts={[
            { name: t('audit.time'), value: <Exact time={entry.time} /> }, { name: t('audit.caller'), value: entry.principal === '' ? t('audit.nobody') : <Member member={entry.principal} /> },
            { name: t('audit.method'), value: <code>{entry.method}</code> }, { name: t('audit.kind'), value: entry.kind },
            { name: t('audit.resource'), value: entry.resource === '' ? t('audit.installation') : <><Target name={entry.resource} /><br /><code>{entry.resource}</code></> },
            { name: t('audit.outcome'), value: <><OutcomeChip code={status.code} /> {status.reason ?? ''}</> }, { name: t('audit.took'), value: `${entry.milliseconds} ms` },
            { name: t('audit.request'), value: <code>{entry.requestId}</code> }, { name: t('audit.address'), value: entry.callerAddress }, { name: t('audit.agent'), value: entry.userAgent },
            ...(sourceRequestIds.length === 0 ? [] : [{ name: t('audit.sourceRequests'), value: <code>{sourceRequestIds.join(' ')}</code> }]),
          ]}
        />
      </DialogContent>
      <DialogActions><Button onClick={onClose}>{t('app.close')}</Button></DialogActions>
    </Dialog>
  );
}
