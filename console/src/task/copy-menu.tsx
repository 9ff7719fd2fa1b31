// The same task for other places: as curl, TypeScript, a command, and the JSON of an integration's task.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Tab, Tabs } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../parts/code-block.tsx';
import { type CopiedTask, type FormName, FORMS } from './copy-as.ts';

export function CopyMenu(task: Omit<CopiedTask, 'origin'>): JSX.Element {
  const { t } = useTranslation();
  const [form, setForm] = useState<FormName | undefined>();
  const close = (): void => setForm(undefined);
  return (
    <>
      <Button variant="outlined" onClick={() => setForm('curl')}>{t('task.copyAs')}</Button>
      {form === undefined ? null : (
        <Dialog open onClose={close} fullWidth maxWidth="md" aria-labelledby="copy-title">
          <DialogTitle id="copy-title">{t('task.copyAs')}</DialogTitle>
          <DialogContent>
            <Tabs value={form} onChange={(_, value: FormName) => setForm(value)} aria-label={t('task.copyAs')} variant="scrollable" sx={{ mb: 1 }}>
              {(Object.keys(FORMS) as FormName[]).map((one) => <Tab key={one} value={one} label={FORMS[one].label} />)}
            </Tabs>
            <CodeBlock label={FORMS[form].label} text={FORMS[form].write({ ...task, origin: location.origin })} />
          </DialogContent>
          <DialogActions><Button onClick={close}>{t('app.close')}</Button></DialogActions>
        </Dialog>
      )}
    </>
  );
}
