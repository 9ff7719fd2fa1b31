// How a connection is: its state, whether it serves, what can be done to it.
import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { readinessQuery } from '../api/connection-state.ts';
import type { ConfiguredConnection } from '../api/connections.ts';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { useTold } from '../words/told.ts';
import { DeedsMenu } from './deeds-menu.tsx';

export function StatusSection({ connection }: { readonly connection: ConfiguredConnection }): JSX.Element {
  const { t } = useTranslation();
  const { servers } = useTold();
  const { name, status, updateTime, connectionRevision = '1' } = connection;
  const { data: isReady } = useQuery(readinessQuery(name));
  return (
    <Section title={t('common.status')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <StatusChip state={status.state} />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('connection.since')} <Ago time={updateTime} /> · {t('connection.revision', { number: connectionRevision })}</Typography>
      </Box>
      {isReady === undefined ? null : <Typography variant="body2">{t(isReady ? 'connection.serves' : 'connection.servesNot')} {isReady && status.state === 'UPDATING' ? t('connection.servesBefore') : ''}</Typography>}
      {status.description === undefined || status.state === 'ERROR' ? null : <Typography variant="body2" sx={{ mt: 1, overflowWrap: 'anywhere' }} {...servers}>{status.description}</Typography>}
      <Box sx={{ mt: 2 }}><DeedsMenu connection={connection} /></Box>
    </Section>
  );
}
