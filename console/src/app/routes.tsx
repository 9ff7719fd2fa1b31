// Which page stands at which address. Pages are loaded when they are first opened.
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage } from './error-page.tsx';
import { FirstProject } from './first-project.tsx';
import { Gate } from './gate.tsx';
import { loaded } from './loaded.ts';
import { NotFound } from './not-found.tsx';
import { OpenFrame } from './open-frame.tsx';
import { Loading } from '../parts/loading.tsx';
import { Shell } from './shell.tsx';

const settingsPage = loaded(async () => (await import('../settings/settings-page.tsx')).SettingsPage);

const ofConnection: RouteObject[] = [
  { index: true, lazy: loaded(async () => (await import('../connections/overview-page.tsx')).OverviewPage) },
  { path: 'edit', lazy: loaded(async () => (await import('../edit/edit-page.tsx')).EditPage) },
  { path: 'access', lazy: loaded(async () => (await import('../connection-access/access-page.tsx')).ConnectionAccessPage) },
  { path: 'charts', lazy: loaded(async () => (await import('../charts/charts-page.tsx')).ChartsPage) },
  { path: 'log', lazy: loaded(async () => (await import('../log/log-page.tsx')).LogPage) },
  { path: 'audit', lazy: loaded(async () => (await import('../connection-audit/audit-page.tsx')).ConnectionAuditPage) },
  { path: 'writes', lazy: loaded(async () => (await import('../writes/writes-page.tsx')).WritesPage) },
  { path: 'task', lazy: loaded(async () => (await import('../task/task-page.tsx')).TaskPage) },
  {
    path: 'schema', lazy: loaded(async () => (await import('../schema/schema-page.tsx')).SchemaPage),
    children: [
      { path: 'entities/:entityType', lazy: loaded(async () => (await import('../schema/entity-page.tsx')).EntityPage) },
      { path: 'actions/:action', lazy: loaded(async () => (await import('../schema/action-page.tsx')).ActionPage) },
    ],
  },
];

const inProject: RouteObject[] = [
  { path: 'connections', lazy: loaded(async () => (await import('../connections/list-page.tsx')).ConnectionListPage) },
  { index: true, lazy: loaded(async () => (await import('../projects/project-page.tsx')).ProjectPage) },
  { path: 'secrets', lazy: loaded(async () => (await import('../secrets/list-page.tsx')).SecretListPage) },
  { path: 'secrets/:secretId', lazy: loaded(async () => (await import('../secrets/secret-page.tsx')).SecretPage) },
  { path: 'serviceAccounts', lazy: loaded(async () => (await import('../service-accounts/list-page.tsx')).ServiceAccountListPage) },
  { path: 'serviceAccounts/:accountId', lazy: loaded(async () => (await import('../service-accounts/account-page.tsx')).ServiceAccountPage) },
  {
    path: 'access', lazy: loaded(async () => (await import('../access/access-page.tsx')).AccessPage),
    children: [
      { index: true, lazy: loaded(async () => (await import('../access/project-policy-page.tsx')).ProjectPolicyPage) },
      { path: 'tokens', lazy: loaded(async () => (await import('../access/tokens-page.tsx')).TokensPage) },
      { path: 'roles', lazy: loaded(async () => (await import('../access/roles-page.tsx')).RolesPage) },
    ],
  },
  { path: 'operations', lazy: loaded(async () => (await import('../operations/list-page.tsx')).OperationListPage) },
  { path: 'locations/:locationId/operations/:operationId', lazy: loaded(async () => (await import('../operations/operation-page.tsx')).OperationPage) },
  { path: 'audit', lazy: loaded(async () => (await import('../audit/audit-page.tsx')).AuditPage) },
  { path: 'settings', lazy: settingsPage },
  { path: 'connections/new', lazy: loaded(async () => (await import('../wizard/create-page.tsx')).CreatePage) },
  { path: 'locations/:locationId/connections/:connectionId', lazy: loaded(async () => (await import('../connections/connection-page.tsx')).ConnectionPage), children: [{ ErrorBoundary: ErrorPage, children: ofConnection }] },
];

const pages: RouteObject[] = [
  { index: true, Component: FirstProject },
  { path: 'projects', lazy: loaded(async () => (await import('../projects/list-page.tsx')).ProjectListPage) },
  { path: 'settings', lazy: settingsPage },
  { path: 'projects/:projectId', children: inProject },
  { path: '*', Component: NotFound },
];

const inShell: RouteObject[] = [{ index: true, Component: FirstProject }, { path: 'console', children: pages }, { path: '*', Component: NotFound }];

/** Read by everybody: what stands there is in the documents too. */
const open: RouteObject[] = [
  {
    path: '/console/api', lazy: loaded(async () => (await import('../reference/reference-page.tsx')).ReferencePage),
    children: [
      { index: true, lazy: loaded(async () => (await import('../reference/about.tsx')).About) },
      { path: ':operationId', lazy: loaded(async () => (await import('../reference/operation-page.tsx')).OperationPage) },
    ],
  },
];

// What fails is told of in its own place: the frame around it, and the ways to other pages, stay.
export const router = createBrowserRouter([
  { Component: OpenFrame, ErrorBoundary: ErrorPage, HydrateFallback: Loading, children: [{ ErrorBoundary: ErrorPage, children: open }] },
  { Component: Gate, ErrorBoundary: ErrorPage, HydrateFallback: Loading, children: [{ path: '/', Component: Shell, ErrorBoundary: ErrorPage, children: [{ ErrorBoundary: ErrorPage, children: inShell }] }] },
]);
