// A connection at one look: how it is and was, its nodes, what it is configured with, and what a diagnosis finds.
import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { connectionQuery } from '../api/connections.ts';
import { useConnectionName } from '../app/place.ts';
import { DiagnosisSection } from './diagnosis-section.tsx';
import { FactsSection } from './facts-section.tsx';
import { HistorySection } from './history-section.tsx';
import { NodesSection } from './nodes-section.tsx';
import { StatusSection } from './status-section.tsx';

export function OverviewPage(): JSX.Element | null {
  const name = useConnectionName();
  const { data: connection } = useQuery(connectionQuery(name));
  if (connection === undefined) return null;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' }, columnGap: 2, alignItems: 'start' }}>
      <Box>
        <StatusSection connection={connection} />
        <FactsSection connection={connection} />
      </Box>
      <Box>
        <NodesSection connection={name} />
        <HistorySection connection={name} />
        <DiagnosisSection connection={name} />
      </Box>
    </Box>
  );
}
