// The policy of a project.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/permissions.ts';
import { useProject } from '../app/place.ts';
import { PolicyPanel } from './policy-panel.tsx';

const SET = 'resourcemanager.projects.setIamPolicy';

export function ProjectPolicyPage(): JSX.Element {
  const { t } = useTranslation();
  const resource = `projects/${useProject()}`;
  const may = useMay(resource, [SET]);
  return <PolicyPanel title={t('access.policy')} help={t('access.policyHelp')} resource={resource} mayChange={may(SET)} />;
}
