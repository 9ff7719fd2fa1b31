// What a List will do, before it does it: what Stripe filters, what is looked at here, and how many calls it costs.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.ts';
import { JsonView } from '../parts/code-block.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import type { TaskInputs } from './inputs.ts';

export function Explain({ connection, entity, inputs }: { readonly connection: string; readonly entity: string; readonly inputs: TaskInputs }): JSX.Element {
  const { t } = useTranslation();
  const explained = useMutation({
    mutationFn: () => call(`/v2/${connection}/entityTypes/${encodeURIComponent(entity)}/entities:explain`, {
      query: { conditions: inputs.filter.trim(), pageSize: inputs.pageSize, ...(inputs.sortBy === '' ? {} : { sortBy: inputs.sortBy, sortOrder: inputs.isDescending ? 'DESC' : 'ASC' }) },
    }),
  });
  const isOpen = explained.data !== undefined || explained.error !== null;
  return (
    <>
      <Button variant="outlined" loading={explained.isPending} onClick={() => explained.mutate()}>{t('task.explain')}</Button>
      {isOpen ? (
        <Dialog open onClose={explained.reset} fullWidth maxWidth="md" aria-labelledby="explain-title">
          <DialogTitle id="explain-title">{t('task.explain')}</DialogTitle>
          <DialogContent>{explained.error === null ? <JsonView value={explained.data} label={t('task.explain')} /> : <ErrorAlert error={explained.error} />}</DialogContent>
          <DialogActions><Button onClick={explained.reset}>{t('app.close')}</Button></DialogActions>
        </Dialog>
      ) : null}
    </>
  );
}
