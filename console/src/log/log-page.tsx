// The log of a connection: found by level, gravity and words, followed as it is written.
import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Search from '@mui/icons-material/Search';
import { Box, Button, Chip, InputAdornment, MenuItem, Paper, TextField, Typography } from '@mui/material';
import { type JSX, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../api/recent.ts';
import { useConnectionName } from '../app/place.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { exactText } from '../parts/time.tsx';
import { LineRow } from './line-row.tsx';
import { useLog } from './use-log.ts';
import { LEVELS, VerbosityField } from './verbosity-field.tsx';

const STOPPED_MS = 300;

export function LogPage(): JSX.Element {
  const { t, i18n } = useTranslation();
  const name = useConnectionName();
  const [verbosity, setVerbosity] = useAddressValue('level');
  const [severity, setSeverity] = useAddressValue('severity');
  const [search, setSearch] = useAddressValue('q');
  const [requestId, setRequestId] = useAddressValue('call');
  const { lines, keeper, isPending, error, retry, isFollowing, isCut, setIsFollowing, older } = useLog(name, { verbosity, severity, search, requestId });
  const isSearching = verbosity !== '' || severity !== '' || search !== '' || requestId !== '';
  const select = { select: { displayEmpty: true }, inputLabel: { shrink: true } } as const;
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5, mb: 1.5 }}>
        <SearchField value={search} onChange={setSearch} />
        <TextField select label={t('log.upTo')} value={verbosity} onChange={({ target }) => setVerbosity(target.value)} sx={{ width: { xs: 'calc(50% - 6px)', sm: 180 } }} slotProps={select}>
          <MenuItem value="">{t('common.all')}</MenuItem>
          {LEVELS.map((level) => <MenuItem key={level} value={level}>{t(`log.levels.l${level}`)}</MenuItem>)}
        </TextField>
        <TextField select label={t('log.severity')} value={severity} onChange={({ target }) => setSeverity(target.value)} sx={{ width: { xs: 'calc(50% - 6px)', sm: 180 } }} slotProps={select}>
          <MenuItem value="">{t('common.all')}</MenuItem>
          {SEVERITIES.filter((one) => one !== 'INFO').map((one) => <MenuItem key={one} value={one}>{t('log.atLeast', { what: t(`log.severities.${one}`) })}</MenuItem>)}
        </TextField>
        <VerbosityField connection={name} />
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>{t('log.levelHelp')}</Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mb: 1 }}>
        <Button size="small" variant={isFollowing ? 'outlined' : 'contained'} startIcon={isFollowing ? <Pause /> : <PlayArrow />} onClick={() => setIsFollowing(!isFollowing)}>{t(isFollowing ? 'log.pause' : 'log.follow')}</Button>
        <Typography variant="body2" role="status" sx={{ color: 'text.secondary' }}>{t(isCut ? 'log.cut' : isFollowing ? 'log.following' : 'log.paused')} · {t('log.count', { count: lines.length })}</Typography>
        {requestId === '' ? null : <Chip size="small" label={t('log.oneCall', { id: requestId.slice(0, 8) })} onDelete={() => setRequestId('')} />}
        <Box sx={{ flexGrow: 1 }} />
        {lines.length === 0 ? null : <CopyButton text={lines.map((line) => JSON.stringify(line)).join('\n')} what={t('log.copyAll')} />}
      </Box>
      {error === null ? null : <ErrorAlert error={error} retry={retry} />}
      {isPending ? <Loading /> : (
        // It scrolls, so the keyboard must reach it.
        <Paper variant="outlined" component="ul" tabIndex={0} aria-label={t('log.lines')} sx={{ m: 0, p: 0, maxHeight: '65dvh', minHeight: 96, overflow: 'auto' }}>
          {lines.map((line) => <LineRow key={line.id} line={line} onCall={setRequestId} />)}
          {lines.length > 0 || error !== null ? null : <Typography component="li" sx={{ p: 3, color: 'text.secondary', listStyle: 'none' }}>{t(isSearching ? 'log.noMatch' : 'log.none')}</Typography>}
          {older === undefined ? null : <Box component="li" sx={{ listStyle: 'none', p: 1, textAlign: 'center' }}><Button size="small" onClick={older}>{t('log.older')}</Button></Box>}
        </Paper>
      )}
      {keeper === undefined ? null : <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 1 }}>{t('log.help', { process: keeper.process, since: exactText(keeper.keptSince, i18n.language) })}</Typography>}
    </Box>
  );
}

/** Asked for when one stops typing. */
function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }): JSX.Element {
  const { t } = useTranslation();
  // What was typed, until the address says the same.
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      onChange(typed);
      setTyped(undefined);
    }, STOPPED_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <TextField
      type="search" label={t('common.search')} value={typed ?? value} onChange={({ target }) => setTyped(target.value)} sx={{ width: { xs: '100%', sm: 260 } }}
      slotProps={{ htmlInput: { maxLength: 500 }, input: { startAdornment: <InputAdornment position="start"><Search fontSize="small" /></InputAdornment> } }}
    />
  );
}
