// The journal of writes of a connection: what is unfinished first, then everything.
import { Box, Link, MenuItem, TextField } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { type Write, writesQuery } from '../api/writes.ts';
import { useConnectionName } from '../app/place.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { Ago } from '../parts/time.tsx';
import { UnfinishedSection } from './unfinished-section.tsx';
import { WriteChip, wordOfState } from './write-chip.tsx';
import { WriteDialog } from './write-dialog.tsx';

const STATES = ['SUCCEEDED', 'FAILED', 'NOT_DONE', 'UNKNOWN', 'UNDER_WAY'] as const;

export function WritesPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const [state, setState] = useAddressValue('state');
  const [open, setOpen] = useState<Write>();
  const writes = useInfiniteQuery({ ...writesQuery(connection, state), placeholderData: (before) => before });
  const columns = columnsOf(t, setOpen);
  return (
    <Box>
      <UnfinishedSection connection={connection} onOpen={setOpen} />
      <Section
        title={t('writes.all')} help={t('writes.allHelp')}
        actions={(
          <TextField select label={t('writes.state')} value={state} onChange={({ target }) => setState(target.value)} sx={{ width: 180 }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            <MenuItem value="">{t('common.all')}</MenuItem>
            {STATES.map((one) => <MenuItem key={one} value={one}>{t(`writes.states.${wordOfState(one)}`)}</MenuItem>)}
          </TextField>
        )}
      >
        {hasFailed(writes) ? <ErrorAlert error={writes.error} retry={() => void writes.refetch()} /> : writes.data === undefined ? <Loading /> : (
          <DataTable
            label={t('writes.all')} columns={columns} rows={writes.data.pages.flatMap(({ items }) => items)} rowKey={({ name }) => name} empty={state === '' ? t('writes.noneAtAll') : t('common.noMatch')} maxHeight="50dvh"
            onEnd={() => { if (writes.hasNextPage && !writes.isFetching) void writes.fetchNextPage(); }} isFetchingMore={writes.isFetchingNextPage}
          />
        )}
      </Section>
      {open === undefined ? null : <WriteDialog write={open} onClose={() => setOpen(undefined)} />}
    </Box>
  );
}

function columnsOf(t: TFunction, onOpen: (write: Write) => void): readonly Column<Write>[] {
  return [
    { key: 'state', head: t('writes.state'), width: '130px', cell: (one) => <WriteChip state={one.state} /> },
    { key: 'what', head: t('writes.target'), width: 'minmax(215px, 2fr)', cell: (one) => <Link component="button" type="button" title={`${one.operation} ${one.target}`} onClick={() => onOpen(one)}>{one.operation} {one.target}</Link> },
    { key: 'entity', head: t('writes.entity'), width: 'minmax(120px, 1fr)', cell: ({ entity }) => <code title={entity}>{entity}</code> },
    { key: 'key', head: t('writes.key'), width: 'minmax(110px, 0.7fr)', cell: ({ idempotencyKey }) => <code title={idempotencyKey}>{idempotencyKey}</code> },
    { key: 'attempts', head: t('writes.attempts'), width: '90px', align: 'end', cell: ({ attempts }) => attempts },
    { key: 'sent', head: t('writes.sent'), width: '130px', cell: ({ sendTime }) => <Ago time={sendTime} /> },
  ];
}
