// Projects, as the page chooses among them.
import { queryOptions } from '@tanstack/react-query';
import { callList } from './call.ts';

export interface Project {
  readonly projectId: string;
  readonly name?: string;
  readonly createTime?: string;
  readonly lifecycleState?: string;
}

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => callList<Project>('/v1/projects', 'projects', {}, signal),
});
