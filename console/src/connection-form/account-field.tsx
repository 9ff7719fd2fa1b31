// Whom a connection acts as: one of the project's service accounts, or one that is made on the spot.
import { Box, Button, MenuItem } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { accountsQuery } from '../api/service-accounts.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';

export function AccountField(): JSX.Element {
  const { t } = useTranslation();
  const { project, draft, set } = useConnectionForm();
  const [isMaking, setIsMaking] = useState(false);
  const known = useQuery(accountsQuery(project));
  const { data: accounts = [] } = known;
  const disabled = new Set(accounts.filter((one) => one.disabled === true).map(({ email }) => email));
  const emails = [...new Set([...accounts.map(({ email }) => email), ...(draft.serviceAccount === '' ? [] : [draft.serviceAccount])])];
  const choose = (serviceAccount: string): void => set({ serviceAccount }, 'serviceAccount');
  return (
    <Box>
      <FormField field="serviceAccount" label={t('connectionForm.account')} help={t('connectionForm.accountHelp')} value={draft.serviceAccount} onValue={choose} required select isLoading={known.isPending}>
        {emails.map((email) => <MenuItem key={email} value={email} disabled={disabled.has(email)} sx={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{disabled.has(email) ? `${email} (${t('connectionForm.disabled')})` : email}</MenuItem>)}
      </FormField>
      {hasFailed(known) ? <ErrorAlert error={known.error} retry={() => void known.refetch()} /> : null}
      <Button size="small" sx={{ mt: 0.5 }} onClick={() => setIsMaking(true)}>{t('connectionForm.createAccount')}</Button>
      {isMaking ? (
        <AccountDialog
          project={project} onClose={() => setIsMaking(false)}
          onMade={(email) => {
            setIsMaking(false);
            choose(email);
          }}
        />
      ) : null}
    </Box>
  );
}
