// Asks before what cannot be taken back; where it matters most, by having the name typed.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { type FormEvent, type JSX, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from './error-alert.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly deed: string;
  /** Must be typed before the button works. */
  readonly typed?: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmDialog({ title, children, deed, typed, isPending, error, onConfirm, onClose }: ConfirmDialogProps): JSX.Element {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const isReady = typed === undefined || text === typed;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) onConfirm();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="confirm-title" slotProps={{ paper: { component: 'form', onSubmit: submit } as object }}>
      <DialogTitle id="confirm-title">{title}</DialogTitle>
      <DialogContent>
        <DialogContentText component="div">{children}</DialogContentText>
        {typed === undefined ? null : (
          <>
            <Alert severity="warning" icon={false} sx={{ my: 2 }}>{t('confirm.type', { name: typed })}</Alert>
            <TextField label={t('common.name')} value={text} onChange={({ target }) => setText(target.value)} autoComplete="off" />
          </>
        )}
        {error === null ? null : <ErrorAlert error={error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" color="error" variant="contained" disabled={!isReady} loading={isPending}>{deed}</Button>
      </DialogActions>
    </Dialog>
  );
}
