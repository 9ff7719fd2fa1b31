// Which page stands at which address. Pages are loaded when they are first opened.
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage } from './error-page.tsx';
import { FirstProject } from './first-project.tsx';
import { Gate } from './gate.tsx';
import { NotFound } from './not-found.tsx';
import { OpenFrame } from './open-frame.tsx';
import { Loading } from '../parts/loading.tsx';
import { Shell } from './shell.tsx';

const settingsPage = async () => ({ Component: (await import('../settings/settings-page.tsx')).SettingsPage });

const ofConnection: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../connections/overview-page.tsx')).OverviewPage }) },
  { path: 'edit', lazy: async () => ({ Component: (await import('../edit/edit-page.tsx')).EditPage }) },
  { path: 'access', lazy: async () => ({ Component: (await import('../connection-access/access-page.tsx')).ConnectionAccessPage }) },
  { path: 'charts', lazy: async () => ({ Component: (await import('../charts/charts-page.tsx')).ChartsPage }) },
  { path: 'log', lazy: async () => ({ Component: (await import('../log/log-page.tsx')).LogPage }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('../connection-audit/audit-page.tsx')).ConnectionAuditPage }) },
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
  { index: true, lazy: async () => ({ Component: (await import('../projects/project-page.tsx')).ProjectPage }) },
  { path: 'secrets', lazy: async () => ({ Component: (await import('../secrets/list-page.tsx')).SecretListPage }) },
  { path: 'secrets/:secretId', lazy: async () => ({ Component: (await import('../secrets/secret-page.tsx')).SecretPage }) },
  { path: 'serviceAccounts', lazy: async () => ({ Component: (await import('../service-accounts/list-page.tsx')).ServiceAccountListPage }) },
  { path: 'serviceAccounts/:accountId', lazy: async () => ({ Component: (await import('../service-accounts/account-page.tsx')).ServiceAccountPage }) },
  {
    path: 'access', lazy: async () => ({ Component: (await import('../access/access-page.tsx')).AccessPage }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../access/project-policy-page.tsx')).ProjectPolicyPage }) },
      { path: 'tokens', lazy: async () => ({ Component: (await import('../access/tokens-page.tsx')).TokensPage }) },
      { path: 'roles', lazy: async () => ({ Component: (await import('../access/roles-page.tsx')).RolesPage }) },
    ],
  },
  { path: 'operations', lazy: async () => ({ Component: (await import('../operations/list-page.tsx')).OperationListPage }) },
  { path: 'locations/:locationId/operations/:operationId', lazy: async () => ({ Component: (await import('../operations/operation-page.tsx')).OperationPage }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('../audit/audit-page.tsx')).AuditPage }) },
  { path: 'settings', lazy: settingsPage },
  { path: 'connections/new', lazy: async () => ({ Component: (await import('../wizard/create-page.tsx')).CreatePage }) },
  { path: 'locations/:locationId/connections/:connectionId', lazy: async () => ({ Component: (await import('../connections/connection-page.tsx')).ConnectionPage }), children: ofConnection },
];

const pages: RouteObject[] = [
  { index: true, Component: FirstProject },
  { path: 'projects', lazy: async () => ({ Component: (await import('../projects/list-page.tsx')).ProjectListPage }) },
  { path: 'settings', lazy: settingsPage },
  { path: 'projects/:projectId', children: inProject },
  { path: '*', Component: NotFound },
];

/** Read by everybody: what stands there is in the documents too. */
const open: RouteObject[] = [
  {
    path: '/console/api', lazy: async () => ({ Component: (await import('../reference/reference-page.tsx')).ReferencePage }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../reference/about.tsx')).About }) },
      { path: ':operationId', lazy: async () => ({ Component: (await import('../reference/operation-page.tsx')).OperationPage }) },
    ],
  },
];

export const router = createBrowserRouter([
  { Component: OpenFrame, ErrorBoundary: ErrorPage, HydrateFallback: Loading, children: open },
  { Component: Gate, ErrorBoundary: ErrorPage, HydrateFallback: Loading, children: [{ path: '/', Component: Shell, ErrorBoundary: ErrorPage, children: [{ index: true, Component: FirstProject }, { path: 'console', children: pages }, { path: '*', Component: NotFound }] }] },
]);
