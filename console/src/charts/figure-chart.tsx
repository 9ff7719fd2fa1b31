// One chart, with a legend and with values under the pointer; or the same as a table, for who would rather read it.
import { Box, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import '../parts/scroll-shade.css';
import { Section } from '../parts/section.tsx';
import type { Series } from './series.ts';

export interface FigureChartProps {
  readonly title: string;
  readonly help: string;
  readonly moments: readonly Date[];
  readonly series: readonly Series[];
  readonly labelOf: (key: string) => string;
  /** A name of the palette: `success.main`. */
  readonly colourOf: (key: string, index: number) => Colour;
  /** Areas on one another, for what adds up. */
  readonly isStacked?: boolean;
  /** Values that hold until the next. */
  readonly isStepped?: boolean;
  /** Whole numbers. */
  readonly isCounted?: boolean;
  readonly isTable: boolean;
  /** What is said where there is nothing to draw. */
  readonly nothing?: string;
}

export type Colour = 'success' | 'error' | 'warning' | 'primary' | 'info' | 'secondary';

const HEIGHT = 220;
const FEW_POINTS = 20;

export function FigureChart({ title, help, moments, series, labelOf, colourOf, isStacked = false, isStepped = false, isCounted = true, isTable, nothing }: FigureChartProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const { vars, palette } = useTheme();
  const hasAny = series.some(({ data }) => data.some((value) => value !== null && value !== 0));
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const exact = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Section title={title} help={help}>
      {!hasAny ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>{nothing ?? t('charts.nothing')}</Typography> : isTable ? (
        <FigureTable title={title} moments={moments} series={series} labelOf={labelOf} exact={(moment) => exact.format(moment)} number={(value) => number.format(value)} />
      ) : (
        <Box role="img" aria-label={summaryOf(title, series, labelOf, (value) => number.format(value))} sx={{ mx: { xs: -1, sm: 0 } }}>
          <LineChart
            height={HEIGHT} margin={{ left: 0, right: 24, top: 8, bottom: 0 }} skipAnimation grid={{ horizontal: true }}
            xAxis={[{ data: [...moments], scaleType: 'time', valueFormatter: (moment: Date, { location }) => (location === 'tick' ? clock : exact).format(moment), tickNumber: 5 }]}
            yAxis={[{ min: 0, width: 44, tickNumber: 4, ...(isCounted ? { tickMinStep: 1 } : {}), valueFormatter: (value: number) => number.format(value) }]}
            series={series.map(({ key, data }, index) => ({
              id: key, data: [...data], label: labelOf(key), color: (vars ?? { palette }).palette[colourOf(key, index)].main, showMark: isStacked || isStepped ? false : isSparse(data), connectNulls: true,
              curve: isStepped ? 'stepAfter' as const : 'linear' as const, ...(isStacked ? { stack: 'all', area: true } : {}), valueFormatter: (value: number | null) => (value === null ? '–' : number.format(value)),
            }))}
            slotProps={{ legend: { direction: 'horizontal', position: { vertical: 'bottom', horizontal: 'center' } } }}
          />
        </Box>
      )}
    </Section>
  );
}

/** A line between few points may have no length: they are marked. */
function isSparse(data: readonly (number | null)[]): boolean {
  return data.filter((value) => value !== null).length <= FEW_POINTS;
}

function summaryOf(title: string, series: readonly Series[], labelOf: (key: string) => string, format: (value: number) => string): string {
  const last = series.map(({ key, data }) => `${labelOf(key)} ${format(data.findLast((value) => value !== null) ?? 0)}`);
  return `${title}: ${last.join(', ')}`;
}

interface FigureTableProps extends Pick<FigureChartProps, 'title' | 'moments' | 'series' | 'labelOf'> {
  readonly exact: (moment: Date) => string;
  readonly number: (value: number) => string;
}

/** Newest first; moments without anything are left out. */
function FigureTable({ title, moments, series, labelOf, exact, number }: FigureTableProps): JSX.Element {
  const { t } = useTranslation();
  const rows = moments.map((moment, index) => ({ moment, values: series.map(({ data }) => data[index] ?? null) })).filter(({ values }) => values.some((value) => value !== null && value !== 0)).toReversed();
  return (
    <TableContainer className="scroll-shade" tabIndex={0} role="region" aria-label={title} sx={{ maxHeight: 320 }}>
      <Table size="small" stickyHeader>
        <TableHead><TableRow><TableCell>{t('charts.time')}</TableCell>{series.map(({ key }) => <TableCell key={key} align="right">{labelOf(key)}</TableCell>)}</TableRow></TableHead>
        <TableBody>
          {rows.map(({ moment, values }) => (
            <TableRow key={moment.getTime()}>
              <TableCell component="th" scope="row">{exact(moment)}</TableCell>
              {series.map(({ key }, index) => {
                const value = values[index] ?? null;
                return <TableCell key={key} align="right">{value === null ? '–' : number(value)}</TableCell>;
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
