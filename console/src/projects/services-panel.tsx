// The services of a project: enabled, or offered to be.
import { Box, Button, List, ListItem, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { type Service, servicesQuery, setService } from '../api/projects.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';

const ENABLE = 'serviceusage.services.enable';
const DISABLE = 'serviceusage.services.disable';

export function ServicesPanel({ project }: { readonly project: string }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const services = useQuery(servicesQuery(project));
  const may = useMay(`projects/${project}`, [ENABLE, DISABLE]);
  const [leaving, setLeaving] = useState<Service>();
  const setting = useMutation({
    mutationFn: ({ service, isEnabled }: { readonly service: Service; readonly isEnabled: boolean }) => setService(service, isEnabled),
    onSuccess: () => setLeaving(undefined),
    // Whatever the service refused or served before may be otherwise now.
    onSettled: () => data.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  });
  return (
    <Section title={t('projects.services')} help={t('projects.servicesHelp')}>
      {setting.error === null || leaving !== undefined ? null : <ErrorAlert error={setting.error} />}
      {hasFailed(services) ? <ErrorAlert error={services.error} retry={() => void services.refetch()} /> : services.isPending ? <Loading /> : (
        <List disablePadding>
          {services.data.map((service) => (
            <ListItem key={service.name} divider disableGutters sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
              <Box sx={{ flexGrow: 1 }}>
                <Typography variant="body2" sx={{ fontWeight: 600 }}>{service.config.title}</Typography>
                <Typography variant="caption" sx={{ color: 'text.secondary' }}>{service.config.name}</Typography>
              </Box>
              <StatusChip state={service.state} />
              {service.state === 'ENABLED' && may(DISABLE) ? <Button size="small" color="error" onClick={() => setLeaving(service)} aria-label={`${t('projects.disable')}: ${service.config.title}`}>{t('projects.disable')}</Button> : null}
              {service.state === 'DISABLED' && may(ENABLE) ? <Button size="small" variant="outlined" loading={setting.isPending} onClick={() => setting.mutate({ service, isEnabled: true })} aria-label={`${t('projects.enable')}: ${service.config.title}`}>{t('projects.enable')}</Button> : null}
            </ListItem>
          ))}
        </List>
      )}
      {leaving === undefined ? null : (
        <ConfirmDialog title={t('projects.disable')} deed={t('projects.disable')} typed={leaving.config.name} isPending={setting.isPending} error={setting.error} onConfirm={() => setting.mutate({ service: leaving, isEnabled: false })} onClose={() => { setLeaving(undefined); setting.reset(); }}>
          {t('projects.disables', { service: leaving.config.title, project })}
        </ConfirmDialog>
      )}
    </Section>
  );
}
