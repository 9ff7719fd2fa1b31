// The dialog "Configure connector task": actions or entities, which one, which operation, Done.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actionNamesQuery, entityNamesQuery, type EntityOperation, entityTypeQuery } from '../api/schema.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Picker } from '../parts/picker.tsx';
import { bestFirst } from './best-first.ts';
import { type Choice, OPERATIONS } from './choice.ts';

const NONE: readonly string[] = [];

export interface ChoiceDialogProps {
  readonly connection: string;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
  readonly onClose: () => void;
}

export function ChoiceDialog({ connection, choice, onChoose, onClose }: ChoiceDialogProps): JSX.Element {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Choice['kind']>(choice?.kind ?? 'entity');
  const [entity, setEntity] = useState(choice?.kind === 'entity' ? choice.entity : null);
  const [operation, setOperation] = useState<EntityOperation | null>(choice?.kind === 'entity' ? choice.operation : null);
  const [action, setAction] = useState(choice?.kind === 'action' ? choice.action : null);
  const entities = useQuery({ ...entityNamesQuery(connection), enabled: kind === 'entity' });
  const actions = useQuery({ ...actionNamesQuery(connection), enabled: kind === 'action' });
  const type = useQuery({ ...entityTypeQuery(connection, entity ?? ''), enabled: kind === 'entity' && entity !== null });
  const supported = OPERATIONS.filter((one) => type.data?.operations.includes(one) === true);
  const error = entities.error ?? actions.error ?? type.error;

  const chosen: Choice | undefined = kind === 'action'
    ? (action === null ? undefined : { kind, action })
    : entity === null || operation === null || !supported.includes(operation) ? undefined : { kind, entity, operation };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen !== undefined) onChoose(chosen);
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="choice-title" slotProps={{ paper: { component: 'form', onSubmit: submit } as object }}>
      <DialogTitle id="choice-title">{t('task.configure')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormControl>
            <FormLabel id="kind">{t('task.type')}</FormLabel>
            <RadioGroup row aria-labelledby="kind" value={kind} onChange={({ target }) => setKind(target.value === 'action' ? 'action' : 'entity')}>
              <FormControlLabel value="entity" control={<Radio />} label={t('schema.entities')} />
              <FormControlLabel value="action" control={<Radio />} label={t('schema.actions')} />
            </RadioGroup>
          </FormControl>
          {kind === 'action' ? (
            <Picker label={t('task.action')} options={actions.data ?? NONE} filterOptions={bestFirst} value={action} isLoading={actions.isPending} onPick={setAction} />
          ) : (
            <>
              <Picker label={t('task.entity')} options={entities.data ?? NONE} filterOptions={bestFirst} value={entity} isLoading={entities.isPending} onPick={setEntity} />
              {entity === null || type.data === undefined ? null : (
                <FormControl>
                  <FormLabel id="operation">{t('task.operation')}</FormLabel>
                  <RadioGroup row aria-labelledby="operation" value={operation ?? ''} onChange={({ target }) => setOperation(target.value as EntityOperation)}>
                    {supported.map((one) => <FormControlLabel key={one} value={one} control={<Radio />} label={t(`operations.${one}`)} />)}
                  </RadioGroup>
                </FormControl>
              )}
            </>
          )}
          {error === null ? null : <ErrorAlert error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="contained" disabled={chosen === undefined}>{t('common.done')}</Button>
      </DialogActions>
    </Dialog>
  );
}
