// What the account of a connection lacks on a secret, with the button that grants it.
import { Alert, Box, Button } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { grant } from '../api/policies.ts';
import type { Validation } from '../api/validation.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { useConnectionForm } from './form-context.ts';
import { shortOf } from './short-name.ts';

export function MissingRoles({ secret, roles }: Validation['missingRoles'][number]): JSX.Element {
  const { t } = useTranslation();
  const { draft, project } = useConnectionForm();
  const data = useQueryClient();
  const granting = useMutation({
    // One after the other: each reads the policy that the one before left.
    mutationFn: async () => { for (const role of roles) await grant(secret, { role, member: `serviceAccount:${draft.serviceAccount}` }); },
    onSettled: () => Promise.all([data.invalidateQueries({ queryKey: ['validation'] }), data.invalidateQueries({ queryKey: ['policy', secret] })]),
  });
  return (
    <>
      <Alert severity="warning" sx={{ overflowWrap: 'anywhere' }}>
        {t('connectionForm.rolesMissing', { account: draft.serviceAccount, roles: roles.join(', '), secret: shortOf(secret, project) })}
        <Box sx={{ mt: 1 }}><Button color="inherit" size="small" variant="outlined" loading={granting.isPending} onClick={() => granting.mutate()}>{t('connectionForm.grant')}</Button></Box>
      </Alert>
      {granting.error === null ? null : <ErrorAlert error={granting.error} />}
    </>
  );
}
