// The states that a connection was in.
import { Box, Link, List, ListItem, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { statesQuery } from '../api/recent.ts';
import { addressOf } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { useTold } from '../words/told.ts';

export function HistorySection({ connection }: { readonly connection: string }): JSX.Element {
  const { t } = useTranslation();
  const { wrongOf, servers } = useTold();
  const states = useQuery(statesQuery(connection));
  return (
    <Section title={t('connection.history')}>
      {states.isPending ? <Loading /> : hasFailed(states) ? <ErrorAlert error={states.error} retry={() => void states.refetch()} /> : states.data.length === 0 ? t('connection.noHistory') : (
        // It scrolls, so the keyboard must reach it.
        <List dense disablePadding tabIndex={0} aria-label={t('connection.history')} sx={{ maxHeight: 320, overflow: 'auto' }}>
          {states.data.map(({ time, state, description, status = '', connectionRevision, operation }, index) => (
            <ListItem key={`${time} ${state} ${states.data.length - index}`} disableGutters sx={{ display: 'block', borderBottom: 1, borderColor: 'divider' }}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
                <StatusChip state={state} />
                <Typography variant="body2"><Ago time={time} /></Typography>
                <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('connection.revision', { number: connectionRevision })}</Typography>
                {operation === undefined ? null : <Link component={RouterLink} variant="body2" to={addressOf(operation)}>{t('connection.operation')}</Link>}
              </Box>
              {description === undefined ? null : (
                <Typography variant="body2" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>{wrongOf(status) === undefined ? null : <>{wrongOf(status)}. </>}<span {...servers}>{description}</span></Typography>
              )}
            </ListItem>
          ))}
        </List>
      )}
    </Section>
  );
}
