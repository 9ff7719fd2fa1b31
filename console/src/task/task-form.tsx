// The inputs of a task, the button that runs it, and its output.
import PlayArrow from '@mui/icons-material/PlayArrow';
import { Box, Button, MenuItem, Paper, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, type JSX, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import type { Choice } from './choice.ts';
import { CopyMenu } from './copy-menu.tsx';
import { Explain } from './explain.tsx';
import { FilterInput } from './filter-input.tsx';
import { useWriteKey, WriteKeyField } from './idempotency-key.tsx';
import { flatInputs, isWrite, NO_INPUTS, payloadOf, type TaskInputs, takesOf } from './inputs.ts';
import { ListSettings } from './list-settings.tsx';
import { OutcomeAlert, outcomeOf } from './outcome-alert.tsx';
import { OutputPanel } from './output-panel.tsx';
import { PayloadInput } from './payload-input.tsx';
import { writtenFields } from './payload-schema.ts';
import { type TaskEnd, useTask } from './run-task.ts';

export interface TaskFormProps {
  readonly connection: string;
  readonly choice: Choice;
  /** Columns of the entity type, or inputs of the action. */
  readonly fields: readonly Field[];
  readonly requires: readonly string[];
  /** Of an action that ends something for good. */
  readonly isFinal: boolean;
  /** What it begins with. */
  readonly given: Partial<TaskInputs>;
  readonly onEnd: (end: TaskEnd) => void;
}

export function TaskForm({ connection, choice, fields, requires, isFinal, given, onEnd }: TaskFormProps): JSX.Element {
  const { t } = useTranslation();
  const takes = takesOf(choice);
  const written = choice.kind === 'action' ? fields : writtenFields(fields, choice.operation === 'UPDATE' ? 'UPDATE' : 'CREATE');
  const required = requiredOf(choice, written);
  const [inputs, setInputs] = useState<TaskInputs>(() => ({ ...NO_INPUTS, ...given }));
  const [isTyped, setIsTyped] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const task = useTask(connection, choice, isTyped, onEnd);
  const set = (change: Partial<TaskInputs>): void => setInputs((now) => ({ ...now, ...change }));

  const writes = isWrite(choice);
  const writeKey = useWriteKey(JSON.stringify([flatInputs(connection, choice, inputs), isTyped]));
  const [doneUnder, setDoneUnder] = useState('');
  const { run: runTask } = task;
  const run = useCallback((): void => {
    setIsAsking(false);
    if (writes) setDoneUnder(writeKey.key);
    runTask(inputs, writes ? writeKey.key : '');
  }, [runTask, inputs, writes, writeKey.key]);
  const { draw } = writeKey;
  // What was refused was not done: with the fault mended elsewhere, the same inputs are another attempt.
  const isRefused = task.error !== null && outcomeOf(task.error) === 'refused';
  useEffect(() => { if (isRefused) draw(); }, [isRefused, draw]);

  const isDestructive = choice.kind === 'action' ? isFinal : (choice.operation === 'DELETE' || (choice.operation === 'UPDATE' && inputs.filter.trim() !== ''));
  const isReady = !takes.payload || payloadOf(inputs.payload) !== undefined;

  // A link to a row shows the row; what the address comes to say later was run already.
  const [isLink] = useState(() => given.entityId !== undefined && given.entityId !== '' && choice.kind === 'entity' && choice.operation === 'GET');
  const followed = useRef(false);
  useEffect(() => {
    if (!isLink || followed.current) return;
    followed.current = true;
    run();
  }, [isLink, run]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isDestructive) setIsAsking(true);
    else run();
  };
  return (
    <>
      <Paper component="form" variant="outlined" onSubmit={submit} noValidate aria-label={t('task.input')} sx={{ p: { xs: 1.5, sm: 2 } }}>
        <Typography component="h2" variant="h2" sx={{ mb: 2 }}>{t('task.input')}</Typography>
        <Stack spacing={2}>
          {takes.entityId ? <TextField label="entityId" value={inputs.entityId} onChange={({ target }) => set({ entityId: target.value.trim() })} sx={{ maxWidth: 480 }} slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off' } }} /> : null}
          {takes.filter && choice.kind === 'entity' ? <FilterInput connection={connection} entity={choice.entity} fields={fields} requires={takes.paging ? requires : []} text={inputs.filter} onChange={(filter) => set({ filter })} error={task.error} /> : null}
          {takes.paging ? <ListSettings fields={fields} inputs={inputs} onChange={set} /> : null}
          {takes.payload ? <PayloadInput fields={written} required={required} text={inputs.payload} onChange={(payload) => set({ payload })} /> : null}
          {writes ? <WriteKeyField writeKey={writeKey} isDone={task.output !== undefined && doneUnder === writeKey.key} /> : null}
          {choice.kind === 'action' ? (
            <TextField select label={t('task.outputForm')} value={isTyped ? 'typed' : 'text'} onChange={({ target }) => setIsTyped(target.value === 'typed')} helperText={t(isTyped ? 'task.typedHelp' : 'task.textHelp')} sx={{ maxWidth: 480 }}>
              <MenuItem value="text">{t('task.text')}</MenuItem>
              <MenuItem value="typed">{t('task.typed')}</MenuItem>
            </TextField>
          ) : null}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <Button type="submit" variant="contained" color={isDestructive ? 'error' : 'primary'} startIcon={<PlayArrow />} loading={task.isPending && !task.isReadingAll} disabled={!isReady || task.isReadingAll}>{t('task.run')}</Button>
            {choice.kind === 'entity' && choice.operation === 'LIST' ? <Explain connection={connection} entity={choice.entity} inputs={inputs} /> : null}
            <CopyMenu connection={connection} choice={choice} inputs={inputs} isTyped={isTyped} />
          </Box>
        </Stack>
      </Paper>
      {task.error === null ? null : <OutcomeAlert connection={connection} error={task.error} isWrite={writes} repeat={run} isPending={task.isPending} />}
      {isAsking ? (
        <ConfirmDialog title={t('task.sure')} deed={t('task.run')} isPending={task.isPending} error={null} onClose={() => setIsAsking(false)} onConfirm={run}>
          {choice.kind === 'action' ? t('task.endsForGood', { action: choice.action }) : inputs.filter.trim() === '' ? t('task.oneRow', { id: inputs.entityId }) : t('task.everyRow', { filter: inputs.filter })}
        </ConfirmDialog>
      ) : null}
      {task.output === undefined ? null : <OutputPanel connection={connection} task={task} output={task.output} fields={choice.kind === 'entity' ? fields : []} />}
    </>
  );
}

function requiredOf(choice: Choice, written: readonly Field[]): readonly string[] {
  if (choice.kind === 'action') return written.filter(({ nullable }) => !nullable).map(({ name }) => name);
  return choice.operation === 'CREATE' ? written.filter(({ additionalDetails }) => additionalDetails?.required?.includes('CREATE')).map(({ name }) => name) : [];
}
