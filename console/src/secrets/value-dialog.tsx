// Shows the value of a version to one who may read it and says so; nothing is asked for before, nor kept after.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { idOf } from '../api/connections.ts';
import { accessVersion } from '../api/secrets.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';

export function ValueDialog({ version, onClose }: { readonly version: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const access = useMutation({ mutationFn: () => accessVersion(version), gcTime: 0 });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="value-title">
      <DialogTitle id="value-title">{t('secrets.valueOf', { id: idOf(version) })}</DialogTitle>
      <DialogContent>
        {access.data === undefined ? <Alert severity="warning">{t('secrets.recorded')}</Alert> : <CodeBlock text={access.data} label={t('secrets.value')} wraps />}
        {access.error === null ? null : <ErrorAlert error={access.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('app.close')}</Button>
        {access.data === undefined ? <Button variant="contained" color="warning" loading={access.isPending} onClick={() => access.mutate()}>{t('secrets.show')}</Button> : null}
      </DialogActions>
    </Dialog>
  );
}
