// A connection looked at step by step, when somebody asks.
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import RemoveCircleOutlined from '@mui/icons-material/RemoveCircleOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box, Button, List, ListItem, Typography } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { diagnose, type DiagnosisStep } from '../api/diagnosis.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Section } from '../parts/section.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { useTold } from '../words/told.ts';

const LOOKS = {
  ok: { Icon: CheckCircleOutlined, color: 'success.main' }, warning: { Icon: WarningAmber, color: 'warning.main' }, failed: { Icon: ErrorOutlined, color: 'error.main' },
  skipped: { Icon: RemoveCircleOutlined, color: 'text.secondary' },
} as const;

export function DiagnosisSection({ connection }: { readonly connection: string }): JSX.Element {
  const { t } = useTranslation();
  const diagnosis = useMutation({ mutationFn: () => diagnose(connection) });
  return (
    <Section
      title={t('connection.diagnosis.title')} help={t('connection.diagnosis.help')}
      actions={<Button size="small" variant="outlined" loading={diagnosis.isPending} onClick={() => diagnosis.mutate()}>{t('connection.diagnosis.run')}</Button>}
    >
      {diagnosis.error === null ? null : <ErrorAlert error={diagnosis.error} />}
      {diagnosis.data === undefined ? null : (
        <Box role="status">
          {diagnosis.data.every(({ outcome }) => outcome === 'ok' || outcome === 'skipped') ? <Typography variant="body2" sx={{ fontWeight: 600 }}>{t('connection.diagnosis.allWell')}</Typography> : null}
          <List dense disablePadding aria-label={t('connection.diagnosis.title')}>{diagnosis.data.map((step) => <Step key={step.id} step={step} />)}</List>
        </Box>
      )}
    </Section>
  );
}

function Step({ step }: { readonly step: DiagnosisStep }): JSX.Element {
  const { t } = useTranslation();
  const { titleOf, findingOf, adviceOf } = useTold();
  const { outcome } = step;
  const advice = adviceOf(step);
  const { Icon, color } = LOOKS[outcome];
  return (
    <ListItem disableGutters sx={{ alignItems: 'flex-start', gap: 1 }}>
      <Icon fontSize="small" sx={{ color, mt: 0.25 }} titleAccess={t(`connection.diagnosis.outcomes.${outcome}`)} />
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography variant="body2"><strong>{titleOf(step)}</strong> <Typography component="span" variant="body2" sx={{ color }}>{t(`connection.diagnosis.outcomes.${outcome}`)}</Typography></Typography>
        <Typography variant="body2"><ServerSaid said={findingOf(step)} /></Typography>
        {advice === undefined ? null : <Typography variant="body2" sx={{ color: 'text.secondary' }}><ServerSaid said={[advice]} /></Typography>}
      </Box>
    </ListItem>
  );
}
