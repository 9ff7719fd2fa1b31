// A dialog that makes or changes something: its fields, what the server said of them, and the button that does it.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { type FormEvent, type JSX, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from './error-alert.tsx';

export interface FormDialogProps {
  readonly title: string;
  /** Its fields. */
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly deed: string;
  /** Whether enough is given to try; true unless set. */
  readonly isReady?: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Whoever opened it to write may begin at once. */
function focusFirst(fields: HTMLElement | null): void {
  fields?.querySelector<HTMLElement>('input:enabled, textarea:enabled')?.focus();
}

export function FormDialog({ title, children, deed, isReady = true, isPending, error, onSubmit, onClose }: FormDialogProps): JSX.Element {
  const { t } = useTranslation();
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady && !isPending) onSubmit();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id} slotProps={{ paper: { component: 'form', onSubmit: submit, noValidate: true } as object }}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <Stack ref={focusFirst} spacing={2} sx={{ pt: 1 }}>{children}</Stack>
        {error === null ? null : <ErrorAlert error={error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" disabled={!isReady} loading={isPending}>{deed}</Button>
      </DialogActions>
    </Dialog>
  );
}
