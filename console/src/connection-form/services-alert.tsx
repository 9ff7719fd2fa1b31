// Services that connections need and a project has not enabled, with the button that enables them.
import { Alert, Button } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { servicesQuery, setService } from '../api/projects.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';

export function ServicesAlert({ project }: { readonly project: string }): JSX.Element | null {
  const { t } = useTranslation();
  const data = useQueryClient();
  const { data: services = [] } = useQuery(servicesQuery(project));
  const off = services.filter(({ state }) => state === 'DISABLED');
  const enabling = useMutation({
    mutationFn: async () => Promise.all(off.map(async (service) => setService(service, true))),
    // Whatever was refused without them is asked for again.
    onSettled: () => data.invalidateQueries(),
  });
  if (off.length === 0) return null;
  return (
    <>
      <Alert severity="warning" sx={{ mb: 2 }} action={<Button color="inherit" size="small" loading={enabling.isPending} onClick={() => enabling.mutate()}>{t('connectionForm.enable')}</Button>}>
        {t('connectionForm.servicesOff', { services: off.map(({ config }) => config.title).join(', ') })}
      </Alert>
      {enabling.error === null ? null : <ErrorAlert error={enabling.error} />}
    </>
  );
}
