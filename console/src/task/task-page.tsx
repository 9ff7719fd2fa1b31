// Configure connector task: what is run, with which input, and what came out.
import PlayArrow from '@mui/icons-material/PlayArrow';
import { Box, Button, FormControlLabel, Paper, Switch, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionQuery, entityTypeQuery, type Field } from '../api/schema.ts';
import { useConnectionName } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { type Choice, useChoice } from './choice.ts';
import { ChoiceDialog } from './choice-dialog.tsx';
import { TaskForm } from './task-form.tsx';

export function TaskPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { choice, entityId, choose } = useChoice();
  const [isOpen, setIsOpen] = useState(false);
  const [isTyped, setIsTyped] = useState(false);
  const name = choice === undefined ? '' : choice.kind === 'action' ? choice.action : `${choice.entity} · ${t(`operations.${choice.operation}`)}`;
  return (
    <>
      <Paper variant="outlined" sx={{ p: 2, display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Typography component="h2" variant="h2" sx={{ flexGrow: 1 }}>{choice === undefined ? t('task.none') : name}</Typography>
        <FormControlLabel control={<Switch size="small" checked={isTyped} onChange={(_, checked) => setIsTyped(checked)} />} label={t('task.typed')} />
        <Button variant={choice === undefined ? 'contained' : 'outlined'} onClick={() => setIsOpen(true)}>{t('task.configure')}</Button>
      </Paper>
      {choice === undefined ? <Typography sx={{ mt: 2, color: 'text.secondary' }}>{t('task.help')}</Typography> : (
        <KnownTask key={JSON.stringify([choice, entityId])} connection={connection} choice={choice} entityId={entityId} isTyped={isTyped} />
      )}
      {isOpen ? <ChoiceDialog connection={connection} choice={choice} onClose={() => setIsOpen(false)} onChoose={(chosen) => { setIsOpen(false); choose(chosen); }} /> : null}
    </>
  );
}

interface KnownTaskProps {
  readonly connection: string;
  readonly choice: Choice;
  readonly entityId: string;
  readonly isTyped: boolean;
}

/** A task of which it is known what it takes. */
function KnownTask({ connection, choice, entityId, isTyped }: KnownTaskProps): JSX.Element {
  const entity = useQuery({ ...entityTypeQuery(connection, choice.kind === 'entity' ? choice.entity : ''), enabled: choice.kind === 'entity' });
  const action = useQuery({ ...actionQuery(connection, choice.kind === 'action' ? choice.action : ''), enabled: choice.kind === 'action' });
  const known = choice.kind === 'entity' ? entity : action;
  if (known.isPending) return <Loading />;
  if (known.isError) return <ErrorAlert error={known.error} retry={() => void known.refetch()} />;
  const fields: readonly Field[] = choice.kind === 'entity' ? (entity.data?.fields ?? []) : (action.data?.inputParameters ?? []);
  return (
    <Box sx={{ mt: 2 }}>
      <TaskForm connection={connection} choice={choice} fields={fields} requires={entity.data?.metadata?.list?.requires ?? []} entityId={entityId} isTyped={isTyped} icon={<PlayArrow />} />
    </Box>
  );
}
