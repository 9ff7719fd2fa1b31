// One line of a log: when, how grave, what; opened, everything that it holds.
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import ExpandMore from '@mui/icons-material/ExpandMore';
import FilterListOutlined from '@mui/icons-material/FilterListOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import WarningAmber from '@mui/icons-material/WarningAmber';
import { Box, Button, IconButton, Typography } from '@mui/material';
import { type JSX, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine } from '../api/recent.ts';
import { JsonView } from '../parts/code-block.tsx';

const LOOKS = { INFO: { Icon: InfoOutlined, color: 'info.main' }, WARNING: { Icon: WarningAmber, color: 'warning.main' }, ERROR: { Icon: ErrorOutlined, color: 'error.main' } } as const;
const MONO = 'ui-monospace, SFMono-Regular, Menlo, monospace';

export interface LineRowProps {
  readonly line: LogLine;
  /** Shows the lines of its call alone. */
  readonly onCall: (requestId: string) => void;
}

export const LineRow = memo(function LineRow({ line, onCall }: LineRowProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const { time, severity, verbosity, message, requestId } = line;
  const { Icon, color } = LOOKS[severity];
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' }).format(new Date(time));
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider', listStyle: 'none' }}>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'auto 1fr auto', md: '96px 106px 28px minmax(0, 1fr) auto' }, alignItems: 'center', columnGap: 1, rowGap: 0, px: 1, py: 0.25, fontSize: 13 }}>
        <Box component="time" dateTime={time} sx={{ fontFamily: MONO, color: 'text.secondary' }}>{clock}</Box>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, color, fontWeight: 600 }}><Icon sx={{ fontSize: 16 }} />{t(`log.severities.${severity}`)}</Box>
        <Box component="span" title={t('log.level', { level: verbosity })} sx={{ color: 'text.secondary', display: { xs: 'none', md: 'block' } }}>L{verbosity}</Box>
        <Box sx={{ gridColumn: { xs: '1 / 3', md: 'auto' }, gridRow: { xs: 2, md: 'auto' }, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontFamily: MONO }}>
          <strong>{message}</strong> {summaryOf(line)}
        </Box>
        <IconButton size="small" aria-expanded={isOpen} aria-label={`${t(isOpen ? 'log.collapse' : 'log.expand')}: ${message} ${clock}`} onClick={() => setIsOpen(!isOpen)}>
          <ExpandMore fontSize="small" sx={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />
        </IconButton>
      </Box>
      {!isOpen ? null : (
        <Box sx={{ px: 1, pb: 1 }}>
          {requestId === undefined ? null : <Button size="small" startIcon={<FilterListOutlined />} onClick={() => onCall(requestId)}>{t('log.ofCall')}</Button>}
          <JsonView value={line} label={`${message} ${clock}`} />
          {typeof line.facts['error'] === 'string' ? <Typography variant="body2" sx={{ mt: 1, overflowWrap: 'anywhere' }}>{line.facts['error']}</Typography> : null}
        </Box>
      )}
    </Box>
  );
});

/** What one wants to see of a line without opening it. */
const SHOWN = ['method', 'url', 'operation', 'target', 'name', 'outcome', 'status', 'code', 'reason', 'rows', 'nodes', 'error', 'body', 'address', 'protocol', 'wholeMs'] as const;

function summaryOf({ facts }: LogLine): string {
  const parts = SHOWN.flatMap((key) => {
    const value = facts[key];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return value === '' ? [] : [key === 'rows' || key === 'nodes' || key === 'wholeMs' ? `${key}=${value}` : String(value).slice(0, 300)];
  });
  const { milliseconds } = facts;
  return [...parts, ...(typeof milliseconds === 'number' ? [`${Math.round(milliseconds * 10) / 10} ms`] : [])].join(' ');
}
