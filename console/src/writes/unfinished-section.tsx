// Writes of which nobody knows how they ended: found out at the source, one or all, or settled by one's word.
import { Alert, Box, Button, FormControlLabel, Link, Radio, RadioGroup, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { reconcile, type Reconciled, reconcileAll, unfinishedWritesQuery, type Write } from '../api/writes.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { Ago } from '../parts/time.tsx';
import { useTold } from '../words/told.ts';
import { WriteChip } from './write-chip.tsx';

const RECONCILE = 'konektor.writes.reconcile';

export function UnfinishedSection({ connection, onOpen }: { readonly connection: string; readonly onOpen: (write: Write) => void }): JSX.Element {
  const { t } = useTranslation();
  const { writeOf } = useTold();
  const data = useQueryClient();
  const writes = useQuery(unfinishedWritesQuery(connection));
  const may = useMay(connection, [RECONCILE]);
  const [settling, setSettling] = useState<Write>();
  const [word, setWord] = useState<'SUCCEEDED' | 'NOT_DONE'>('SUCCEEDED');
  const finding = useMutation({
    mutationFn: async ({ write, as }: { readonly write?: Write; readonly as?: 'SUCCEEDED' | 'NOT_DONE' }): Promise<readonly Reconciled[]> => (write === undefined ? reconcileAll(connection) : [await reconcile(write.name, as)]),
    // What was begun before may end while the question is open: that is no answer to it.
    onSuccess: (_found, { as }) => { if (as !== undefined) setSettling(undefined); },
    onSettled: () => data.invalidateQueries({ queryKey: ['writes'] }),
  });
  const isOne = (write: Write): boolean => finding.isPending && finding.variables?.write?.name === write.name;
  // Each write is asked about anew: neither the word nor the error of the one before stands there.
  const settle = (write: Write): void => {
    if (finding.isError) finding.reset();
    setWord('SUCCEEDED');
    setSettling(write);
  };
  const columns = columnsOf(t, { onOpen, onSettle: settle, onFind: (write) => finding.mutate({ write }), isFinding: isOne, mayReconcile: may(RECONCILE) });
  const unknown = writes.data?.some(({ state }) => state === 'UNKNOWN') === true;
  return (
    <Section
      title={t('writes.unfinished')} help={t('writes.unfinishedHelp')}
      actions={may(RECONCILE) && unknown ? <Button size="small" variant="outlined" loading={finding.isPending && finding.variables?.write === undefined} onClick={() => finding.mutate({})}>{t('writes.reconcileAll')}</Button> : null}
    >
      {writes.isPending ? <Loading /> : hasFailed(writes) ? <ErrorAlert error={writes.error} retry={() => void writes.refetch()} /> : writes.data.length === 0
        ? <Typography variant="body2">{t('writes.noneUnfinished')}</Typography>
        : <DataTable label={t('writes.unfinished')} columns={columns} rows={writes.data} rowKey={({ name }) => name} maxHeight={320} />}
      {finding.error === null || settling !== undefined ? null : <ErrorAlert error={finding.error} />}
      {finding.data === undefined ? null : (
        <Alert severity="info" role="status" sx={{ mt: 2 }} onClose={() => finding.reset()}>
          {t('writes.told', { count: finding.data.length })}
          <Box component="ul" sx={{ m: 0, pl: 2, maxHeight: 200, overflow: 'auto' }}>{finding.data.map(({ write, ...told }) => <li key={write.name}><strong>{write.operation} {write.target}</strong> (<code>{write.idempotencyKey}</code>): <ServerSaid said={[writeOf(told)]} /></li>)}</Box>
        </Alert>
      )}
      {settling === undefined ? null : (
        <FormDialog
          title={t('writes.settle')} deed={t('writes.settle')} isPending={finding.isPending} error={finding.error} onSubmit={() => finding.mutate({ write: settling, as: word })}
          onClose={() => { setSettling(undefined); if (finding.isError) finding.reset(); }}
        >
          <Typography variant="body2">{settling.operation} {settling.target} · <code>{settling.idempotencyKey}</code></Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('writes.settleHelp')}</Typography>
          <RadioGroup aria-label={t('writes.settle')} value={word} onChange={({ target }) => setWord(target.value === 'NOT_DONE' ? 'NOT_DONE' : 'SUCCEEDED')}>
            <FormControlLabel value="SUCCEEDED" control={<Radio />} label={t('writes.asDone')} />
            <FormControlLabel value="NOT_DONE" control={<Radio />} label={t('writes.asNotDone')} />
          </RadioGroup>
        </FormDialog>
      )}
    </Section>
  );
}

interface RowDeeds {
  readonly onOpen: (write: Write) => void;
  readonly onSettle: (write: Write) => void;
  readonly onFind: (write: Write) => void;
  readonly isFinding: (write: Write) => boolean;
  readonly mayReconcile: boolean;
}

function columnsOf(t: TFunction, { onOpen, onSettle, onFind, isFinding, mayReconcile }: RowDeeds): readonly Column<Write>[] {
  return [
    { key: 'state', head: t('writes.state'), width: '140px', cell: ({ state }) => <WriteChip state={state} />, order: ({ state }) => state },
    { key: 'what', head: t('writes.target'), width: 'minmax(160px, 1fr)', order: ({ target }) => target, cell: (one) => <Link component="button" type="button" onClick={() => onOpen(one)}>{one.operation} {one.target}</Link> },
    { key: 'key', head: t('writes.key'), width: 'minmax(140px, 1fr)', order: ({ idempotencyKey }) => idempotencyKey, cell: ({ idempotencyKey }) => <code title={idempotencyKey}>{idempotencyKey}</code> },
    { key: 'sent', head: t('writes.sent'), width: '130px', order: ({ sendTime }) => sendTime, cell: ({ sendTime }) => <Ago time={sendTime} /> },
    ...(mayReconcile ? [{
      key: 'deeds', head: t('common.actions'), width: '240px', cell: (one: Write) => (
        <Box sx={{ display: 'flex', gap: 0.5 }}>
          <Button size="small" loading={isFinding(one)} onClick={() => onFind(one)} aria-label={`${t('writes.reconcile')}: ${one.idempotencyKey}`}>{t('writes.reconcile')}</Button>
          <Button size="small" onClick={() => onSettle(one)} aria-label={`${t('writes.settle')}: ${one.idempotencyKey}`}>{t('writes.settle')}</Button>
        </Box>
      ),
    }] : []),
  ];
}
