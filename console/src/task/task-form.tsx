// The inputs of a task, the button that runs it, and its output.
import { Box, Button, FormControlLabel, MenuItem, Paper, Stack, Switch, TextField, Typography } from '@mui/material';
import { type FormEvent, type JSX, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { exampleOf } from '../schema/example.ts';
import type { Choice } from './choice.ts';
import { CopyMenu } from './copy-menu.tsx';
import { Explain } from './explain.tsx';
import { FilterInput } from './filter-input.tsx';
import { NO_INPUTS, payloadOf, type TaskInputs, takesOf } from './inputs.ts';
import { OutputPanel } from './output-panel.tsx';
import { PayloadInput } from './payload-input.tsx';
import { writtenFields } from './payload-schema.ts';
import { useTask } from './run-task.ts';

const PAGE_SIZES = [10, 25, 50, 100, 200];

export interface TaskFormProps {
  readonly connection: string;
  readonly choice: Choice;
  /** Columns of the entity type, or inputs of the action. */
  readonly fields: readonly Field[];
  readonly requires: readonly string[];
  readonly entityId: string;
  readonly isTyped: boolean;
  readonly icon: ReactNode;
}

export function TaskForm({ connection, choice, fields, requires, entityId, isTyped, icon }: TaskFormProps): JSX.Element {
  const { t } = useTranslation();
  const takes = takesOf(choice);
  const written = choice.kind === 'action' ? fields : writtenFields(fields, choice.operation === 'UPDATE' ? 'UPDATE' : 'CREATE');
  const required = requiredOf(choice, written);
  const [inputs, setInputs] = useState<TaskInputs>(() => ({ ...NO_INPUTS, entityId, payload: JSON.stringify(exampleOf(written.filter(({ name }) => required.includes(name))), null, 2) }));
  const [isAsking, setIsAsking] = useState(false);
  const task = useTask(connection, choice, isTyped);
  const set = (change: Partial<TaskInputs>): void => setInputs((now) => ({ ...now, ...change }));
  const isDestructive = choice.kind === 'entity' && (choice.operation === 'DELETE' || (choice.operation === 'UPDATE' && inputs.filter.trim() !== ''));
  const isReady = !takes.payload || payloadOf(inputs.payload) !== undefined;

  // A link to a row shows the row.
  const isLink = entityId !== '' && choice.kind === 'entity' && choice.operation === 'GET';
  const followed = useRef(false);
  const { run } = task;
  useEffect(() => {
    if (!isLink || followed.current) return;
    followed.current = true;
    run({ ...NO_INPUTS, entityId });
  }, [isLink, entityId, run]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isDestructive) setIsAsking(true);
    else task.run(inputs);
  };
  return (
    <>
      <Paper component="form" variant="outlined" onSubmit={submit} noValidate sx={{ p: 2 }}>
        <Typography component="h2" variant="h2" sx={{ mb: 2 }}>{t('task.input')}</Typography>
        <Stack spacing={2}>
          {takes.entityId ? <TextField label="entityId" value={inputs.entityId} onChange={({ target }) => set({ entityId: target.value.trim() })} sx={{ maxWidth: 480 }} slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off' } }} /> : null}
          {takes.filter ? <FilterInput fields={fields} requires={takes.paging ? requires : []} text={inputs.filter} onChange={(filter) => set({ filter })} error={task.error} /> : null}
          {takes.paging ? (
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
              <TextField select label={t('task.pageSize')} value={inputs.pageSize} onChange={({ target }) => set({ pageSize: Number(target.value) })} sx={{ width: 140 }}>{PAGE_SIZES.map((size) => <MenuItem key={size} value={size}>{size}</MenuItem>)}</TextField>
              <TextField select label={t('task.sortBy')} value={inputs.sortBy} onChange={({ target }) => set({ sortBy: target.value })} sx={{ width: 240 }}>
                <MenuItem value="">{t('task.unsorted')}</MenuItem>
                {fields.map(({ name }) => <MenuItem key={name} value={name}>{name}</MenuItem>)}
              </TextField>
              <FormControlLabel disabled={inputs.sortBy === ''} control={<Switch checked={inputs.isDescending} onChange={(_, isDescending) => set({ isDescending })} />} label={t('task.descending')} />
            </Box>
          ) : null}
          {takes.payload ? <PayloadInput fields={written} required={required} text={inputs.payload} onChange={(payload) => set({ payload })} /> : null}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <Button type="submit" variant="contained" color={isDestructive ? 'error' : 'primary'} startIcon={icon} loading={task.isPending} disabled={!isReady}>{t('task.run')}</Button>
            {choice.kind === 'entity' && choice.operation === 'LIST' ? <Explain connection={connection} entity={choice.entity} inputs={inputs} /> : null}
            <CopyMenu connection={connection} choice={choice} inputs={inputs} isTyped={isTyped} />
          </Box>
        </Stack>
      </Paper>
      {task.error === null || isAsking ? null : <ErrorAlert error={task.error} />}
      {isAsking ? (
        <ConfirmDialog
          title={t('task.sure')} deed={t('task.run')} isPending={task.isPending} error={task.error} onClose={() => setIsAsking(false)}
          onConfirm={() => { task.run(inputs); setIsAsking(false); }}
        >
          {inputs.filter.trim() === '' ? t('task.oneRow', { id: inputs.entityId }) : t('task.everyRow', { filter: inputs.filter })}
        </ConfirmDialog>
      ) : null}
      <OutputPanel connection={connection} task={task} fields={choice.kind === 'entity' ? fields : []} />
    </>
  );
}

function requiredOf(choice: Choice, written: readonly Field[]): readonly string[] {
  if (choice.kind === 'action') return written.filter(({ nullable }) => !nullable).map(({ name }) => name);
  return choice.operation === 'CREATE' ? written.filter(({ additionalDetails }) => additionalDetails?.required?.includes('CREATE')).map(({ name }) => name) : [];
}
