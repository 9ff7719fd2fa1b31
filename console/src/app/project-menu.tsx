// The project that the pages are about.
import { MenuItem, Select } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { projectsQuery } from '../api/projects.ts';
import { useProject } from './place.ts';

export function ProjectMenu(): JSX.Element | null {
  const { t } = useTranslation();
  const project = useProject();
  const { data: projects = [] } = useQuery(projectsQuery);
  const navigate = useNavigate();
  if (project === '') return null;
  // Who may not list projects still sees the one the address names.
  const ids = [...new Set([project, ...projects.map(({ projectId }) => projectId)])];
  return (
    <Select
      variant="standard" disableUnderline value={project} inputProps={{ 'aria-label': t('app.project') }} sx={{ ml: 1, maxWidth: { xs: 130, sm: 260 } }}
      onChange={({ target }) => void navigate(`/console/projects/${encodeURIComponent(target.value)}/connections`)}
    >
      {ids.map((id) => <MenuItem key={id} value={id}>{id}</MenuItem>)}
    </Select>
  );
}
