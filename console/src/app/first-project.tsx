// The page without a project: leads on to the one that was last open, else to the first.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { Navigate } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { projectsQuery } from '../api/projects.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';

export const LAST_PROJECT = 'konektor.project';

export function FirstProject(): JSX.Element {
  const projects = useQuery(projectsQuery);
  if (projects.isPending) return <Loading />;
  if (hasFailed(projects)) return <ErrorAlert error={projects.error} retry={() => void projects.refetch()} />;
  const last = localStorage.getItem(LAST_PROJECT);
  const project = projects.data.find(({ projectId }) => projectId === last) ?? projects.data[0];
  if (project === undefined) return <Navigate to="/console/projects" replace />;
  return <Navigate to={`/console/projects/${encodeURIComponent(project.projectId)}/connections`} replace />;
}
