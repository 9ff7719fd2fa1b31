// Who may what in a project: its policy, tokens, and what the roles hold.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { addressOf, useProject } from '../app/place.ts';
import { AddressTabs } from '../parts/address-tabs.tsx';
import { Page } from '../parts/page.tsx';

export function AccessPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  return (
    <Page title={t('nav.access')}>
      <AddressTabs base={addressOf(`projects/${project}`, 'access')} label={t('nav.access')} tabs={[{ part: '', label: t('access.policy') }, { part: 'tokens', label: t('access.tokens') }, { part: 'roles', label: t('access.roles') }]} />
      <Outlet />
    </Page>
  );
}
