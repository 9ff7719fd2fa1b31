// What an operation answered: the connection as it left it, with the way to it and to what is to be mended. All of it stands in the JSON.
import { Button, Link, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { type Connection, idOf } from '../api/connections.ts';
import type { Operation } from '../api/operation.ts';
import { addressOf } from '../app/place.ts';
import { StateError } from '../connections/state-error.tsx';
import { Facts } from '../parts/facts.tsx';
import { JsonDisclosure } from '../parts/json-disclosure.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Exact } from '../parts/time.tsx';
import { leftBehind } from './left-behind.ts';

export function ResponseSection({ response }: { readonly response: NonNullable<Operation['response']> }): JSX.Element {
  const { t } = useTranslation();
  const left = leftBehind(response);
  return (
    <Section title={t('running.response')}>
      {left === undefined ? <Typography variant="body2">{t(Object.keys(response).every((field) => field === '@type') ? 'running.nothing' : 'running.other')}</Typography> : <ConnectionLeft connection={left} />}
      <JsonDisclosure value={response} label={t('running.response')} />
    </Section>
  );
}

function ConnectionLeft({ connection: { name, status, connectionRevision, updateTime } }: { readonly connection: Pick<Connection, 'name' | 'status' | 'connectionRevision' | 'updateTime'> }): JSX.Element {
  const { t } = useTranslation();
  const { state, description, status: reason } = status;
  return (
    <>
      <Facts
        facts={[
          { name: t('running.connection'), value: <Link component={RouterLink} to={addressOf(name)}>{idOf(name)}</Link> },
          { name: t('common.status'), value: <StatusChip state={state} /> },
          ...(connectionRevision === undefined ? [] : [{ name: t('running.revision'), value: connectionRevision }]),
          ...(updateTime === undefined ? [] : [{ name: t('common.updated'), value: <Exact time={updateTime} /> }]),
        ]}
      />
      {description === undefined ? null : <StateError description={description} reason={reason} severity={state === 'ERROR' ? 'error' : 'info'} />}
      {state === 'ERROR' ? <Button variant="contained" size="small" component={RouterLink} to={addressOf(name, 'edit')}>{t('wizard.mend')}</Button> : null}
    </>
  );
}
