// Which page stands at which address. Pages are loaded when they are first opened.
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage } from './error-page.tsx';
import { FirstProject } from './first-project.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const ofConnection: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../connections/overview-page.tsx')).OverviewPage }) },
  { path: 'edit', lazy: async () => ({ Component: (await import('../edit/edit-page.tsx')).EditPage }) },
  { path: 'charts', lazy: async () => ({ Component: (await import('../charts/charts-page.tsx')).ChartsPage }) },
  { path: 'log', lazy: async () => ({ Component: (await import('../log/log-page.tsx')).LogPage }) },
  { path: 'writes', lazy: async () => ({ Component: (await import('../writes/writes-page.tsx')).WritesPage }) },
  { path: 'task', lazy: async () => ({ Component: (await import('../task/task-page.tsx')).TaskPage }) },
  {
    path: 'schema', lazy: async () => ({ Component: (await import('../schema/schema-page.tsx')).SchemaPage }),
    children: [
      { path: 'entities/:entityType', lazy: async () => ({ Component: (await import('../schema/entity-page.tsx')).EntityPage }) },
      { path: 'actions/:action', lazy: async () => ({ Component: (await import('../schema/action-page.tsx')).ActionPage }) },
    ],
  },
];

const inProject: RouteObject[] = [
  { path: 'connections', lazy: async () => ({ Component: (await import('../connections/list-page.tsx')).ConnectionListPage }) },
  { path: 'locations/:locationId/connections/:connectionId', lazy: async () => ({ Component: (await import('../connections/connection-page.tsx')).ConnectionPage }), children: ofConnection },
];

const pages: RouteObject[] = [
  { index: true, Component: FirstProject },
  { path: 'projects/:projectId', children: inProject },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter([
  { path: '/', Component: Shell, ErrorBoundary: ErrorPage, children: [{ index: true, Component: FirstProject }, { path: 'console', children: pages }, { path: '*', Component: NotFound }] },
]);
