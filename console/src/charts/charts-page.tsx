// What goes through a connection, as it happens.
import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import TableRowsOutlined from '@mui/icons-material/TableRowsOutlined';
import { Alert, Box, Button, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodesQuery } from '../api/nodes.ts';
import { figuresQuery, SPANS } from '../api/recent.ts';
import { useConnectionName } from '../app/place.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { exactText } from '../parts/time.tsx';
import { type Colour, FigureChart } from './figure-chart.tsx';
import { drawn } from './series.ts';

const OUTCOME_COLOURS: readonly Colour[] = ['error', 'warning', 'secondary', 'info', 'primary'];
const SOURCE_COLOURS: Readonly<Record<string, Colour>> = { '2xx': 'success', '3xx': 'info', '4xx': 'warning', '429': 'secondary', '5xx': 'error', failed: 'primary' };
const LATENCY_COLOURS: Readonly<Record<string, Colour>> = { p50: 'success', p95: 'warning', p99: 'error' };

export function ChartsPage(): JSX.Element {
  const { t, i18n } = useTranslation();
  const name = useConnectionName();
  const [chosen, setSpan] = useAddressValue('span');
  const [table, setTable] = useAddressValue('table');
  const [isLive, setIsLive] = useState(true);
  const span = chosen === 'LAST_DAY' ? 'LAST_DAY' : 'LAST_15_MINUTES';
  const figures = useQuery(figuresQuery(name, span, isLive));
  const { data: nodes } = useQuery(nodesQuery(name));
  const fewest = nodes?.limited === true ? nodes.minNodeCount : undefined;
  const shown = useMemo(() => (figures.data === undefined ? undefined : drawn(figures.data, fewest)), [figures.data, fewest]);
  if (figures.isPending) return <Loading />;
  if (shown === undefined || figures.data === undefined) return figures.error === null ? <Loading /> : <ErrorAlert error={figures.error} retry={() => void figures.refetch()} />;
  const { moments, sums } = shown;
  const common = { moments, isTable: table !== '' };
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: 1 }}>
        <ToggleButtonGroup exclusive size="small" value={span} onChange={(_, value: string | null) => { if (value !== null) setSpan(value === 'LAST_DAY' ? value : ''); }} aria-label={t('charts.span')}>
          {SPANS.map((one) => <ToggleButton key={one} value={one}>{t(one === 'LAST_DAY' ? 'charts.spans.day' : 'charts.spans.quarter')}</ToggleButton>)}
        </ToggleButtonGroup>
        <Button size="small" variant="outlined" startIcon={isLive ? <Pause /> : <PlayArrow />} onClick={() => setIsLive(!isLive)}>{t(isLive ? 'charts.pause' : 'charts.goOn')}</Button>
        <ToggleButton size="small" value="table" selected={table !== ''} onChange={() => setTable(table === '' ? 'yes' : '')}><TableRowsOutlined fontSize="small" sx={{ mr: 1 }} />{t('charts.table')}</ToggleButton>
        <Typography variant="body2" role="status" sx={{ color: 'text.secondary' }}>
          {(['calls', 'errors', 'throttled', 'source'] as const).map((key) => `${new Intl.NumberFormat(i18n.language).format(sums[key])} ${t(`charts.sum.${key}`)}`).join(' · ')}
        </Typography>
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>{t('charts.help', { process: figures.data.process, since: exactText(figures.data.keptSince, i18n.language) })}</Typography>
      {figures.error === null ? null : <ErrorAlert error={figures.error} retry={() => void figures.refetch()} />}
      {(nodes?.processCount ?? 1) > 1 ? <Alert severity="info" sx={{ mb: 2 }}>{t('charts.several')}</Alert> : null}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, columnGap: 2 }}>
        <FigureChart {...common} title={t('charts.calls')} help={t('charts.callsHelp', { seconds: figures.data.intervalSeconds })} series={shown.calls} labelOf={(key) => key} isStacked colourOf={(key, index) => (key === 'OK' ? 'success' : OUTCOME_COLOURS[(index - 1 + OUTCOME_COLOURS.length) % OUTCOME_COLOURS.length] ?? 'error')} />
        <FigureChart {...common} title={t('charts.latency')} help={t('charts.latencyHelp')} series={shown.latency} isCounted={false} labelOf={(key) => key} colourOf={(key) => LATENCY_COLOURS[key] ?? 'primary'} />
        <FigureChart {...common} title={t('charts.source')} help={t('charts.sourceHelp')} series={shown.source} labelOf={(key) => (key === 'failed' ? t('charts.failed') : key)} isStacked colourOf={(key) => SOURCE_COLOURS[key] ?? 'primary'} />
        <FigureChart {...common} title={t('charts.throttled')} help={t('charts.throttledHelp')} series={shown.throttled} labelOf={() => t('charts.throttled')} isStacked colourOf={() => 'warning'} />
        <FigureChart {...common} title={t('charts.nodes')} help={t('charts.nodesHelp')} {...(nodes?.limited === false ? { nothing: t('connection.nodes.unlimited') } : {})} series={shown.nodes} labelOf={(key) => t(key === 'nodeCount' ? 'charts.nodeCount' : 'charts.waiting')} isStepped colourOf={(key) => (key === 'nodeCount' ? 'primary' : 'warning')} />
      </Box>
    </Box>
  );
}
