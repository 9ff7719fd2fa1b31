// What is done to a connection as a whole: suspended, resumed, tried out again, locked, deleted.
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import LockOpenOutlined from '@mui/icons-material/LockOpenOutlined';
import LockOutlined from '@mui/icons-material/LockOutlined';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import PlayCircleOutlined from '@mui/icons-material/PlayCircleOutlined';
import Replay from '@mui/icons-material/Replay';
import { Alert, Box, Button, LinearProgress, TextField, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { changeConnection, deleteConnection } from '../api/connection-state.ts';
import { type ConfiguredConnection, idOf } from '../api/connections.ts';
import type { Operation } from '../api/operation.ts';
import { useMay } from '../api/permissions.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useDeed } from '../operations/use-deed.ts';

type Asked = 'suspend' | 'lock' | 'delete';

const BUSY: readonly string[] = ['CREATING', 'UPDATING', 'DELETING'];
const [UPDATE, DELETE] = ['connectors.connections.update', 'connectors.connections.delete'] as const;

export function DeedsMenu({ connection }: { readonly connection: ConfiguredConnection }): JSX.Element {
  const { t } = useTranslation();
  const { name, status: { state }, suspended = false, lockConfig, description = '' } = connection;
  const may = useMay(name, [UPDATE, DELETE]);
  const leave = useNavigate();
  const [asked, setAsked] = useState<Asked>();
  const [reason, setReason] = useState('');
  const project = name.split('/')[1] ?? '';
  const change = useDeed((work: () => Promise<Operation>) => work());
  // The list shows how it goes on: of what is gone nothing can be asked.
  const removal = useMutation({ mutationFn: () => deleteConnection(name), onSuccess: () => leave(`/console/projects/${encodeURIComponent(project)}/connections`) });
  const isBusy = BUSY.includes(state) || change.isRunning || removal.isPending;
  const isLocked = lockConfig?.locked === true;
  const begin = (mask: string, body: object): void => {
    setAsked(undefined);
    change.begin(() => changeConnection(name, mask, body));
  };
  const close = (): void => setAsked(undefined);
  return (
    <Box sx={{ width: '100%' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {!may(UPDATE) ? null : (
          <>
            {suspended
              ? <Button size="small" variant="outlined" startIcon={<PlayCircleOutlined />} disabled={isBusy || isLocked} onClick={() => begin('suspended', { suspended: false })}>{t('connection.deeds.resume')}</Button>
              : <Button size="small" variant="outlined" startIcon={<PauseCircleOutlined />} disabled={isBusy || isLocked} onClick={() => setAsked('suspend')}>{t('connection.deeds.suspend')}</Button>}
            {/* A change that changes nothing has it tried out. */}
            {suspended ? null : <Button size="small" variant="outlined" startIcon={<Replay />} disabled={isBusy || isLocked} onClick={() => begin('description', { description })}>{t('connection.deeds.tryAgain')}</Button>}
            {isLocked
              ? <Button size="small" variant="outlined" startIcon={<LockOpenOutlined />} disabled={isBusy} onClick={() => begin('lockConfig', {})}>{t('connection.deeds.unlock')}</Button>
              : <Button size="small" variant="outlined" startIcon={<LockOutlined />} disabled={isBusy} onClick={() => setAsked('lock')}>{t('connection.deeds.lock')}</Button>}
          </>
        )}
        {may(DELETE) ? <Button size="small" variant="outlined" color="error" startIcon={<DeleteOutlined />} disabled={isBusy || isLocked} onClick={() => setAsked('delete')}>{t('connection.deeds.delete')}</Button> : null}
      </Box>
      {/* Always there: what comes into it is read out, also when it has ended. */}
      <Box role="status" sx={{ mt: 1.5, '&:empty': { mt: 0 } }}>
        {change.isRunning || removal.isPending ? <><Typography variant="body2">{t('connection.deeds.under')}</Typography><LinearProgress aria-label={t('connection.deeds.under')} /></> : null}
        {change.isDone && !BUSY.includes(state) && state !== 'ERROR' ? <Typography variant="body2">{t('connection.deeds.done')}</Typography> : null}
      </Box>
      {change.error === null ? null : <ErrorAlert error={change.error} />}
      {isLocked ? <Alert severity="info" icon={<LockOutlined />} sx={{ mt: 1.5 }}>{lockConfig.reason === undefined || lockConfig.reason === '' ? t('connection.locked') : t('connection.lockedBecause', { reason: lockConfig.reason })}</Alert> : null}

      {asked === 'suspend' ? (
        <ConfirmDialog title={t('connection.deeds.suspend')} deed={t('connection.deeds.suspend')} isPending={false} error={null} onConfirm={() => begin('suspended', { suspended: true })} onClose={close}>
          {t('connection.deeds.suspends', { name: idOf(name) })}
        </ConfirmDialog>
      ) : null}
      {asked === 'lock' ? (
        <FormDialog title={t('connection.deeds.lock')} deed={t('connection.deeds.lock')} isPending={false} error={null} onClose={close} onSubmit={() => begin('lockConfig', { lockConfig: { locked: true, ...(reason === '' ? {} : { reason }) } })}>
          <Typography variant="body2">{t('connection.deeds.locks')}</Typography>
          <TextField label={t('connection.deeds.reason')} value={reason} onChange={({ target }) => setReason(target.value)} />
        </FormDialog>
      ) : null}
      {asked === 'delete' ? (
        <ConfirmDialog title={t('connection.deeds.delete')} deed={t('connection.deeds.delete')} typed={idOf(name)} isPending={removal.isPending} error={removal.error} onConfirm={() => removal.mutate()} onClose={close}>
          {t('connection.deeds.deletes', { name: idOf(name) })}
        </ConfirmDialog>
      ) : null}
    </Box>
  );
}
