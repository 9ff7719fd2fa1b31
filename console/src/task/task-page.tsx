// Configure connector task: what is run, with which input, and what came out.
import { Box, Button, Paper, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { actionQuery, entityTypeQuery, type Field } from '../api/schema.ts';
import { useConnectionName } from '../app/place.ts';
import { Breakable } from '../parts/breakable.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { type Choice, useTaskAddress } from './choice.ts';
import { ChoiceDialog } from './choice-dialog.tsx';
import type { TaskInputs } from './inputs.ts';
import { RecentMenu } from './recent-menu.tsx';
import { useRecentTasks } from './recent-tasks.ts';
import type { TaskEnd } from './run-task.ts';
import { TaskForm } from './task-form.tsx';

export function TaskPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { choice, given, key, choose, describe } = useTaskAddress();
  const { recent, remember } = useRecentTasks(connection);
  const [isOpen, setIsOpen] = useState(false);
  const name = choice === undefined ? '' : choice.kind === 'action' ? choice.action : `${choice.entity} · ${t(`operations.${choice.operation}`)}`;
  const onEnd = ({ inputs, isDone }: TaskEnd): void => {
    if (choice === undefined) return;
    remember({ choice, inputs, at: Date.now(), isDone });
    describe(inputs);
  };
  return (
    <>
      <Paper variant="outlined" sx={{ p: { xs: 1.5, sm: 2 }, display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography component="h2" variant="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>{choice === undefined ? t('task.none') : <Breakable name={name} />}</Typography>
        <RecentMenu recent={recent} onTake={({ choice: taken, inputs }) => choose(taken, inputs)} />
        <Button variant={choice === undefined ? 'contained' : 'outlined'} onClick={() => setIsOpen(true)}>{t('task.configure')}</Button>
      </Paper>
      {choice === undefined ? <Typography sx={{ mt: 2, color: 'text.secondary' }}>{t('task.help')}</Typography> : (
        <KnownTask key={key} connection={connection} choice={choice} given={given} onEnd={onEnd} />
      )}
      {isOpen ? <ChoiceDialog connection={connection} choice={choice} onClose={() => setIsOpen(false)} onChoose={(chosen) => { setIsOpen(false); choose(chosen); }} /> : null}
    </>
  );
}

interface KnownTaskProps {
  readonly connection: string;
  readonly choice: Choice;
  readonly given: Partial<TaskInputs>;
  readonly onEnd: (end: TaskEnd) => void;
}

/** A task of which it is known what it takes. */
function KnownTask({ connection, choice, given, onEnd }: KnownTaskProps): JSX.Element {
  const entity = useQuery({ ...entityTypeQuery(connection, choice.kind === 'entity' ? choice.entity : ''), enabled: choice.kind === 'entity' });
  const action = useQuery({ ...actionQuery(connection, choice.kind === 'action' ? choice.action : ''), enabled: choice.kind === 'action' });
  const known = choice.kind === 'entity' ? entity : action;
  if (known.isPending) return <Loading />;
  if (hasFailed(known)) return <ErrorAlert error={known.error} retry={() => void known.refetch()} />;
  const fields: readonly Field[] = choice.kind === 'entity' ? (entity.data?.fields ?? []) : (action.data?.inputParameters ?? []);
  return (
    <Box sx={{ mt: 2 }}>
      <TaskForm connection={connection} choice={choice} fields={fields} requires={entity.data?.metadata?.list?.requires ?? []} isFinal={action.data?.metadata?.run?.effect === 'destroy'} given={given} onEnd={onEnd} />
    </Box>
  );
}
