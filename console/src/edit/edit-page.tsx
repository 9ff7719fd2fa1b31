// A connection changed: the fields that it was made with, what will change, and the trial that follows.
import { Alert, Box, Button, LinearProgress, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeConnection } from '../api/connection-state.ts';
import { type ConfiguredConnection, connectionQuery } from '../api/connections.ts';
import { isPassing } from '../api/failed.ts';
import { useMayNot } from '../api/permissions.ts';
import { useConnectionName, useProject } from '../app/place.ts';
import { AuthenticationFields } from '../connection-form/authentication-fields.tsx';
import { bodyOf } from '../connection-form/body.ts';
import { DetailFields } from '../connection-form/detail-fields.tsx';
import { draftOf } from '../connection-form/draft.ts';
import { FaultSaid } from '../connection-form/fault-said.tsx';
import { STEPS } from '../connection-form/faults.ts';
import { FormContext } from '../connection-form/form-context.ts';
import { MissingRoles } from '../connection-form/missing-roles.tsx';
import { useForm } from '../connection-form/use-form.ts';
import { useFieldNames } from '../connections/field-names.ts';
import { useDeed } from '../operations/use-deed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Section } from '../parts/section.tsx';
import { ChangeTable } from './change-table.tsx';
import { bodyOfChanges, type Change, changesOf, maskOf } from './changes.ts';

const UPDATE = 'connectors.connections.update';

interface Saved {
  readonly changes: readonly Change[];
  readonly body: object;
}

export function EditPage(): JSX.Element | null {
  const name = useConnectionName();
  const { data: connection } = useQuery(connectionQuery(name));
  return connection === undefined ? null : <EditSession key={name} connection={connection} />;
}

/** @param connection as it is now, which may be another than the one that is being changed. */
function EditSession({ connection }: { readonly connection: ConfiguredConnection }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const { name } = connection;
  const [base, setBase] = useState(connection);
  const [begun, setBegun] = useState(0);
  const start = useCallback((from: ConfiguredConnection): void => {
    setBase(from);
    setBegun((count) => count + 1);
  }, []);
  // What cannot be read at the moment is read by the page a little later.
  const ended = useCallback(() => void data.fetchQuery({ ...connectionQuery(name), staleTime: 0, retry: (_count, error) => isPassing(error) }).then(start, () => undefined), [data, name, start]);
  const saving = useDeed(({ changes, body }: Saved) => changeConnection(name, maskOf(changes), bodyOfChanges(body, changes)), ended);
  const isBusy = ['CREATING', 'UPDATING', 'DELETING'].includes(connection.status.state);
  const isStale = !saving.isRunning && !saving.isDone && connection.connectionRevision !== base.connectionRevision;
  const isLocked = connection.lockConfig?.locked === true;
  const mayNot = useMayNot(name, UPDATE);
  return (
    <Box sx={{ maxWidth: 920 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 2 }}>{t('edit.help')}</Typography>
      {mayNot ? <Alert severity="warning" sx={{ mb: 2 }}>{t('settings.mayNot', { permission: UPDATE })}</Alert> : null}
      {isLocked ? <Alert severity="warning" sx={{ mb: 2 }}>{t('edit.lockedHelp')}</Alert> : null}
      {isStale ? <Alert severity="warning" sx={{ mb: 2 }} action={<Button color="inherit" size="small" onClick={() => start(connection)}>{t('edit.discard')}</Button>}>{t('edit.changedMeanwhile')}</Alert> : null}
      {saving.isDone && !saving.isRunning ? <Alert severity={base.status.state === 'ERROR' ? 'error' : 'success'} role="status" sx={{ mb: 2 }}>{t(base.status.state === 'ERROR' ? 'edit.failed' : 'edit.saved')}</Alert> : null}
      <EditForm
        key={begun} base={base} error={saving.error} isSaving={saving.isRunning} isBlocked={mayNot || isLocked || (isBusy && !saving.isRunning) || isStale} why={isBusy && !saving.isRunning && !isLocked ? t('edit.busy') : ''}
        onSave={saving.begin} onDiscard={() => { saving.reset(); start(connection); }}
      />
    </Box>
  );
}

interface EditFormProps {
  readonly base: ConfiguredConnection;
  readonly error: Error | null;
  readonly isSaving: boolean;
  readonly isBlocked: boolean;
  /** What keeps one from saving, beside what is said already. */
  readonly why: string;
  readonly onSave: (saved: Saved) => void;
  readonly onDiscard: () => void;
}

function EditForm({ base, error, isSaving, isBlocked, why, onSave, onDiscard }: EditFormProps): JSX.Element {
  const { t } = useTranslation();
  const [start] = useState(() => draftOf(base.name, base));
  const form = useForm(useProject(), start, true);
  const names = useFieldNames(form.version, form.body);
  const [isAsked, setIsAsked] = useState(false);
  const changes = form.version === undefined ? [] : changesOf(bodyOf(start, form.version), form.body);
  const faults = isAsked ? form.faults : [];
  const checking = useMutation({ mutationFn: form.check, onSuccess: (found) => { if (found.length === 0) onSave({ changes, body: form.body }); } });
  const save = (): void => {
    form.reveal(STEPS);
    setIsAsked(true);
    checking.mutate();
  };
  const failure = checking.error ?? error;
  return (
    <FormContext value={form}>
      <Section title={t('connection.configuration')}><Box sx={{ pt: 1 }}><DetailFields /></Box></Section>
      <Section title={t('connection.facts.authentication')}><Box sx={{ pt: 1 }}><AuthenticationFields /></Box></Section>
      {form.missingRoles.map((one) => <Box key={one.secret} sx={{ mb: 2 }}><MissingRoles {...one} /></Box>)}
      <Section title={t('edit.review')}>
        <ChangeTable changes={changes} names={names} />
        {faults.length === 0 ? null : (
          <Alert severity="error" sx={{ mt: 2 }}>{t('edit.faults')}<Box component="ul" sx={{ m: 0, pl: 2 }}>{faults.map((fault) => <li key={`${fault.field} ${fault.text}`}><FaultSaid fault={fault} /></li>)}</Box></Alert>
        )}
        {why === '' ? null : <Typography variant="body2" sx={{ mt: 2 }}>{why}</Typography>}
        {failure === null ? null : <ErrorAlert error={failure} />}
        {isSaving ? <Box role="status" sx={{ mt: 2 }}><Typography variant="body2">{t('edit.saving')} {t('connection.servesBefore')}</Typography><LinearProgress aria-label={t('edit.saving')} /></Box> : null}
        <Box sx={{ display: 'flex', gap: 1, mt: 2 }}>
          <Button variant="contained" disabled={changes.length === 0 || isBlocked} loading={checking.isPending || isSaving} onClick={save}>{t('edit.save')}</Button>
          <Button disabled={changes.length === 0 || isSaving} onClick={onDiscard}>{t('edit.discard')}</Button>
        </Box>
      </Section>
    </FormContext>
  );
}
