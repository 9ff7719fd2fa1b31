// A secret and its version, chosen or made on the spot; with the roles that the connection's account lacks on it.
import { Box, Button, MenuItem, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { type SecretVersion, secretsQuery, versionsQuery } from '../api/secrets.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import type { FieldId } from './faults.ts';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { MissingRoles } from './missing-roles.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { shortOf } from './short-name.ts';

export interface SecretFieldProps {
  readonly field: FieldId;
  readonly label: string;
  readonly help: string;
  /** `projects/p/secrets/s/versions/1`; '' for none. */
  readonly value: string;
  readonly onValue: (version: string) => void;
  readonly required?: boolean;
}

const SHOWN_VERSIONS = 20;

export function SecretField({ field, label, help, value, onValue, required = false }: SecretFieldProps): JSX.Element {
  const { t } = useTranslation();
  const { project, missingRoles } = useConnectionForm();
  const [dialog, setDialog] = useState<'secret' | 'version' | undefined>();
  const known = useQuery(secretsQuery(project));
  const { data: secrets = [] } = known;
  const [secret = '', version = ''] = value === '' ? [] : value.split('/versions/');
  const versions = useQuery({ ...versionsQuery(secret), enabled: secret !== '' });
  // Of another project, or gone: it stands there all the same.
  const names = [...new Set([...(secret === '' ? [] : [secret]), ...secrets.map(({ name }) => name)])];
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={{ xs: 2, sm: 1 }} sx={{ alignItems: { sm: 'flex-start' } }}>
        <FormField field={field} label={label} help={help} value={secret} required={required} select isLoading={known.isPending} onValue={(name) => onValue(name === '' ? '' : `${name}/versions/latest`)}>
          {required ? null : <MenuItem value="">{t('common.none')}</MenuItem>}
          {names.map((name) => <MenuItem key={name} value={name}>{shortOf(name, project)}</MenuItem>)}
          {names.length === 0 && required && known.isSuccess ? <MenuItem disabled value="">{t('common.empty')}</MenuItem> : null}
        </FormField>
        {secret === '' ? null : <VersionField field={field} versions={versions.data ?? []} isLoading={versions.isPending} version={version} onVersion={(one) => onValue(`${secret}/versions/${one}`)} label={t('connectionForm.secretVersion', { name: shortOf(secret, project) })} />}
      </Stack>
      {hasFailed(known) ? <ErrorAlert error={known.error} retry={() => void known.refetch()} /> : null}
      {secret !== '' && hasFailed(versions) ? <ErrorAlert error={versions.error} retry={() => void versions.refetch()} /> : null}
      <Stack direction="row" spacing={1} sx={{ flexWrap: 'wrap' }}>
        <Button size="small" onClick={() => setDialog('secret')} aria-label={`${t('connectionForm.createSecret')}: ${label}`}>{t('connectionForm.createSecret')}</Button>
        {secret === '' ? null : <Button size="small" onClick={() => setDialog('version')} aria-label={`${t('connectionForm.addVersion')}: ${label}`}>{t('connectionForm.addVersion')}</Button>}
      </Stack>
      {missingRoles.filter((one) => one.secret === secret).map((one) => <MissingRoles key={one.secret} {...one} />)}
      {dialog === undefined ? null : (
        <SecretDialog
          project={project} {...(dialog === 'version' ? { secret } : {})} label={label} onClose={() => setDialog(undefined)}
          onMade={(made) => {
            setDialog(undefined);
            onValue(made);
          }}
        />
      )}
    </Box>
  );
}

interface VersionFieldProps {
  readonly field: FieldId;
  readonly label: string;
  readonly versions: readonly SecretVersion[];
  readonly isLoading: boolean;
  readonly version: string;
  readonly onVersion: (version: string) => void;
}

function VersionField({ field, label, versions, isLoading, version, onVersion }: VersionFieldProps): JSX.Element {
  const { t } = useTranslation();
  const known = versions.slice(0, SHOWN_VERSIONS).map(({ name, state }) => ({ number: name.split('/').at(-1) ?? '', state }));
  const shown = version === 'latest' || known.some(({ number }) => number === version) ? known : [{ number: version, state: 'ENABLED' as const }, ...known];
  return (
    <FormField field={`${field}.version`} label={label} value={version} onValue={onVersion} select isLoading={isLoading} sx={{ maxWidth: { sm: 280 } }}>
      <MenuItem value="latest">{t('connectionForm.latest')}</MenuItem>
      {shown.map(({ number, state }) => <MenuItem key={number} value={number} disabled={state !== 'ENABLED'}>{state === 'ENABLED' ? number : `${number} (${t(`states.${state}`)})`}</MenuItem>)}
    </FormField>
  );
}
