// The nodes of a connection: now, at least, at most, and what they take.
import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { nodesQuery } from '../api/nodes.ts';
import { hasFailed } from '../api/failed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';

export function NodesSection({ connection }: { readonly connection: string }): JSX.Element {
  const { t } = useTranslation();
  const nodes = useQuery(nodesQuery(connection));
  if (nodes.isPending) return <Section title={t('connection.nodes.title')}><Loading /></Section>;
  if (hasFailed(nodes)) return <Section title={t('connection.nodes.title')}><ErrorAlert error={nodes.error} retry={() => void nodes.refetch()} /></Section>;
  const { limited, nodeCount, minNodeCount, maxNodeCount, transactionsPerSecond, waitingCalls, processCount } = nodes.data;
  const figures = [
    ['now', nodeCount], ['least', minNodeCount], ['most', maxNodeCount], ['takes', transactionsPerSecond], ['waiting', waitingCalls], ['processes', processCount],
  ] as const;
  return (
    <Section title={t('connection.nodes.title')}>
      {limited ? null : <Typography variant="body2" sx={{ mb: 1 }}>{t('connection.nodes.unlimited')}</Typography>}
      <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(104px, 1fr))', gap: 1.5 }}>
        {figures.filter(([, value]) => value !== undefined).map(([key, value]) => (
          <Box key={key} sx={{ display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' }}>
            <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>{t(`connection.nodes.${key}`)}</Typography>
            <Typography component="dd" sx={{ m: 0, fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.2 }}>{value}</Typography>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
