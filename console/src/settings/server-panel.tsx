// How the server is: its version, its database, its queue; as `konektor doctor` tells it.
import { Alert, AlertTitle, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { type DiagnosisStep, serverQuery } from '../api/diagnosis.ts';
import { hasFailed } from '../api/failed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { useTold } from '../words/told.ts';

const SEVERITIES: Readonly<Record<DiagnosisStep['outcome'], 'success' | 'warning' | 'error' | 'info'>> = { ok: 'success', warning: 'warning', failed: 'error', skipped: 'info' };

export function ServerPanel(): JSX.Element {
  const { t } = useTranslation();
  const { titleOf, findingOf, adviceOf } = useTold();
  const steps = useQuery(serverQuery);
  return (
    <Section title={t('settings.server')}>
      {hasFailed(steps) ? <ErrorAlert error={steps.error} retry={() => void steps.refetch()} /> : steps.isPending ? <Loading /> : (
        <Stack spacing={1}>
          {steps.data.map((step) => {
            const advice = adviceOf(step);
            return (
              <Alert key={step.id} severity={SEVERITIES[step.outcome]} variant="outlined" role="group">
                <AlertTitle sx={{ mb: 0 }}>{titleOf(step)}</AlertTitle>
                <ServerSaid said={findingOf(step)} />
                {advice === undefined ? null : <><br /><ServerSaid said={[advice]} /></>}
              </Alert>
            );
          })}
        </Stack>
      )}
    </Section>
  );
}
