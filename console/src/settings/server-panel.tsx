// How the server is: its version, its database, its queue; as `konektor doctor` tells it.
import { Alert, AlertTitle, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { serverQuery, type Step } from '../api/settings.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { useTold } from '../words/told.ts';

const SEVERITIES: Readonly<Record<Step['outcome'], 'success' | 'warning' | 'error' | 'info'>> = { ok: 'success', warning: 'warning', failed: 'error', skipped: 'info' };

export function ServerPanel(): JSX.Element {
  const { t } = useTranslation();
  const { titleOf, servers } = useTold();
  const steps = useQuery(serverQuery);
  return (
    <Section title={t('settings.server')}>
      {hasFailed(steps) ? <ErrorAlert error={steps.error} retry={() => void steps.refetch()} /> : steps.isPending ? <Loading /> : (
        <Stack spacing={1}>
          {steps.data.map((step) => (
            <Alert key={step.id} severity={SEVERITIES[step.outcome]} variant="outlined" role="group"><AlertTitle sx={{ mb: 0 }}>{titleOf(step)}</AlertTitle><span {...servers}>{step.message}{step.hint === undefined ? null : <><br />{step.hint}</>}</span></Alert>
          ))}
        </Stack>
      )}
    </Section>
  );
}
