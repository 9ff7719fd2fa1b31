// Who are you: a token is given once, and kept where no script reads it.
import { Alert, Box, Button, Paper, TextField, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type JSX, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSignedOut } from '../api/failed.ts';
import { beginSession, signIn } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { SignInElsewhere } from './sign-in-elsewhere.tsx';

/** @param hasEnded whether somebody was in, whose page waits for them. */
export function SignIn({ hasEnded }: { readonly hasEnded: boolean }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [token, setToken] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => beginSession(data, session),
  });
  // Whoever wrote a moment ago goes on by writing.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { if (hasEnded) field.current?.focus(); }, [hasEnded]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setIsEmpty(token.trim() === '');
    if (token.trim() !== '') entering.mutate(token);
  };
  const isUnknown = isSignedOut(entering.error);
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Paper component="form" onSubmit={submit} noValidate sx={{ p: { xs: 3, sm: 4 }, width: '100%', maxWidth: 440, display: 'grid', gap: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
          <img src="/console.svg" alt="" width={32} height={32} />
          <Typography component="h1" variant="h1" sx={{ flexGrow: 1 }}>{t('app.name')}</Typography>
          <LanguageMenu />
        </Box>
        {hasEnded ? <Alert severity="info">{t('signIn.ended')}</Alert> : null}
        <SignInElsewhere isBeside={hasEnded} />
        <TextField
          label={t('signIn.token')} type="password" autoComplete="current-password" inputRef={field} value={token} onChange={(event) => setToken(event.target.value)}
          error={isEmpty} helperText={isEmpty ? t('signIn.empty') : t('signIn.help')}
        />
        {isUnknown ? <Alert severity="error">{t('signIn.refused')}</Alert> : entering.error === null ? null : <ErrorAlert error={entering.error} />}
        <Button type="submit" variant="contained" size="large" loading={entering.isPending}>{t('signIn.submit')}</Button>
      </Paper>
    </Box>
  );
}
