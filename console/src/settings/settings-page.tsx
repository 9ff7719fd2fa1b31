// Settings: who is signed in, how the page looks, how the server is, and what is set of the project and its regions.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../app/place.ts';
import { Page } from '../parts/page.tsx';
import { LookPanel } from './look-panel.tsx';
import { ProjectSettingsPanel } from './project-panel.tsx';
import { RegionPanel } from './region-panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { YouPanel } from './you-panel.tsx';

export function SettingsPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  return (
    <Page title={t('nav.settings')}>
      <YouPanel />
      <LookPanel />
      <ServerPanel />
      {project === '' ? null : <><ProjectSettingsPanel project={project} /><RegionPanel project={project} /></>}
    </Page>
  );
}
