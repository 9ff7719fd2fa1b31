// One write with everything that the journal tells of it.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Write } from '../api/writes.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { Exact } from '../parts/time.tsx';
import { useTold } from '../words/told.ts';
import { WriteChip } from './write-chip.tsx';

export function WriteDialog({ write, onClose }: { readonly write: Write; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const { writeOf } = useTold();
  const { name, state, operation, target, entity, idempotencyKey, partOf, attempts, createTime, sendTime, settleTime, reconcileTime, error, note } = write;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="write-title">
      <DialogTitle id="write-title">{operation} {target}</DialogTitle>
      <DialogContent>
        <Facts
          facts={[
            { name: t('writes.state'), value: <WriteChip state={state} /> },
            { name: t('writes.write'), value: <code>{name.split('/').at(-1)}</code> },
            ...(entity === undefined ? [] : [{ name: t('writes.entity'), value: <code>{entity}</code> }]),
            { name: t('writes.key'), value: <><code>{idempotencyKey}</code> <CopyButton text={idempotencyKey} what={t('writes.key')} /></> },
            ...(partOf === undefined ? [] : [{ name: t('writes.partOf'), value: <code>{partOf.split('/').at(-1)}</code> }]),
            { name: t('writes.attempts'), value: attempts }, { name: t('common.created'), value: <Exact time={createTime} /> }, { name: t('writes.sent'), value: <Exact time={sendTime} /> },
            ...(settleTime === undefined ? [] : [{ name: t('writes.settled'), value: <Exact time={settleTime} /> }]),
            ...(reconcileTime === undefined ? [] : [{ name: t('writes.found'), value: <Exact time={reconcileTime} /> }]),
            ...(error === undefined ? [] : [{ name: t('writes.outcome'), value: `${error.code} ${error.reason}` }]),
            ...(note === undefined ? [] : [{ name: t('writes.note'), value: <ServerSaid said={[writeOf(write)]} /> }]),
          ]}
        />
      </DialogContent>
      <DialogActions><Button onClick={onClose}>{t('app.close')}</Button></DialogActions>
    </Dialog>
  );
}
