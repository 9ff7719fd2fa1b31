// Mints a token, and shows it this once.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../api/permissions.ts';
import { mintToken } from '../api/tokens.ts';
import { Choice } from '../parts/choice.tsx';
import { CodeBlock } from '../parts/code-block.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { MemberField } from './member-field.tsx';

const LIFETIMES = ['3600s', '86400s', '604800s', '2592000s', '7776000s', '31536000s'] as const;

export function MintDialog({ member: settled, onClose }: { readonly member?: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const isAdministrator = useIsAdministrator();
  const [member, setMember] = useState(settled ?? '');
  const [displayName, setDisplayName] = useState('');
  const [lifetime, setLifetime] = useState('');
  // The token is held for as long as the dialog is open, and no longer.
  const minting = useMutation({ mutationFn: mintToken, gcTime: 0, onSuccess: () => data.invalidateQueries({ queryKey: ['tokens'] }) });
  if (minting.data !== undefined) {
    return (
      <Dialog open fullWidth maxWidth="sm" aria-labelledby="minted-title">
        <DialogTitle id="minted-title">{t('access.minted')}</DialogTitle>
        <DialogContent>
          <Alert severity="warning" sx={{ mb: 2 }}>{t('access.shownOnce')}</Alert>
          <CodeBlock text={minting.data.token} label={t('access.token')} wraps />
        </DialogContent>
        <DialogActions><Button variant="contained" onClick={onClose}>{t('common.done')}</Button></DialogActions>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('access.mint')} deed={t('access.mint')} isReady={!isAdministrator || member.trim() !== ''} isPending={minting.isPending} error={minting.error}
      onSubmit={() => minting.mutate({ member: member.trim(), displayName: displayName.trim(), lifetime })} onClose={onClose}
    >
      {settled === undefined ? <MemberField value={member} onChange={setMember} help={t(isAdministrator ? 'access.whoseAny' : 'access.whoseOwn')} /> : null}
      <TextField label={t('access.tokenName')} value={displayName} onChange={({ target }) => setDisplayName(target.value)} helperText={t('access.tokenNameHelp')} autoComplete="off" slotProps={{ htmlInput: { maxLength: 200 } }} />
      <Choice label={t('access.lifetime')} value={lifetime} onChange={setLifetime} none={t('access.usual')} isWide choices={LIFETIMES.map((value) => ({ value, label: t(`access.lifetimes.${value}`) }))} />
    </FormDialog>
  );
}
