// Who may what with a connection: its own policy, what the project gives, and questions answered by both.
import { Link, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { PolicyPanel } from '../access/policy-panel.tsx';
import { useMay } from '../api/permissions.ts';
import { addressOf, useConnectionName, useProject } from '../app/place.ts';
import { MaySection } from './may-section.tsx';

const SET = 'connectors.connections.setIamPolicy';

export function ConnectionAccessPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const project = `projects/${useProject()}`;
  const may = useMay(connection, [SET]);
  return (
    <>
      <MaySection connection={connection} project={project} />
      <PolicyPanel title={t('may.onConnection')} help={t('may.onConnectionHelp')} resource={connection} mayChange={may(SET)} />
      <PolicyPanel title={t('may.inherited')} help={t('may.inheritedHelp')} resource={project} mayChange={false} prefix="project." />
      <Typography variant="body2"><Link component={RouterLink} to={addressOf(project, 'access')}>{t('may.toProject')}</Link></Typography>
    </>
  );
}
