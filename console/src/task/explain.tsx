// What a List will do, before it does it: what Stripe filters, what is looked at here, who sorts, and how many calls it costs.
import { Alert, Box, Button, Chip, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JsonView } from '../parts/code-block.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { type Explanation, explanationQuery } from './explanation.ts';
import type { TaskInputs } from './inputs.ts';

export function Explain({ connection, entity, inputs }: { readonly connection: string; readonly entity: string; readonly inputs: TaskInputs }): JSX.Element {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const explained = useQuery({ ...explanationQuery(connection, entity, inputs), enabled: isOpen });
  const close = (): void => setIsOpen(false);
  return (
    <>
      <Button variant="outlined" onClick={() => setIsOpen(true)}>{t('task.explain')}</Button>
      {isOpen ? (
        <Dialog open onClose={close} fullWidth maxWidth="md" aria-labelledby="explain-title">
          <DialogTitle id="explain-title">{t('task.explain')}</DialogTitle>
          <DialogContent>{explained.isPending ? <Loading /> : explained.isError ? <ErrorAlert error={explained.error} /> : <Plan plan={explained.data} />}</DialogContent>
          <DialogActions><Button onClick={close}>{t('app.close')}</Button></DialogActions>
        </Dialog>
      ) : null}
    </>
  );
}

function Plan({ plan }: { readonly plan: Explanation }): JSX.Element {
  const { t, i18n } = useTranslation();
  const { filter, route, pushed, remaining, order, calls, fullScan, scan, hints, budget } = plan;
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const code = (text: string): JSX.Element => <Chip key={text} size="small" variant="outlined" label={<code>{text}</code>} sx={{ maxWidth: '100%', height: 'auto', '& .MuiChip-label': { whiteSpace: 'normal', overflowWrap: 'anywhere', py: 0.25 } }} />;
  return (
    <>
      <Facts
        facts={[
          { name: t('plan.filter'), value: filter === '' ? t('plan.everyRow') : <code>{filter}</code> },
          { name: t('plan.way'), value: t(`plan.routes.${route}`) },
          { name: t('plan.atStripe'), value: pushed.length === 0 ? t('plan.nothing') : <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>{pushed.map(code)}</Box> },
          { name: t('plan.here'), value: remaining === '' ? t('plan.nothing') : code(remaining) },
          { name: t('plan.order'), value: t(`plan.orders.${order}`) },
          { name: t('plan.calls'), value: calls === 'unbounded' ? t('plan.unbounded') : number(calls) },
          ...(budget === undefined ? [] : [{ name: t('plan.budget'), value: t('plan.most', { rows: number(budget.rows), calls: number(budget.calls), seconds: number(budget.milliseconds / 1_000) }) }]),
        ]}
      />
      {fullScan ? <Alert severity="warning" sx={{ my: 1.5 }}>{t('plan.fullScan')}</Alert> : null}
      {hints.length === 0 ? null : (
        <Box component="section" aria-label={t('plan.why')} sx={{ my: 1.5 }}>
          <Typography component="h3" variant="subtitle1">{t('plan.why')}</Typography>
          {/* The server says these in its own language. */}
          <Box component="ul" lang="en" sx={{ my: 0.5, pl: 3 }}>{hints.map((hint) => <li key={hint}>{hint}</li>)}</Box>
        </Box>
      )}
      {Object.keys(scan).length === 0 ? null : (
        <>
          <Typography component="h3" variant="subtitle1" sx={{ mt: 1 }}>{t('plan.asked')}</Typography>
          <JsonView value={scan} label={t('plan.asked')} maxHeight={200} />
        </>
      )}
    </>
  );
}
