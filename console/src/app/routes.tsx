// Which page stands at which address. Pages are loaded when they are first opened.
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage } from './error-page.tsx';
import { FirstProject } from './first-project.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const inProject: RouteObject[] = [
  { path: 'connections', lazy: async () => ({ Component: (await import('../connections/list-page.tsx')).ConnectionListPage }) },
];

const pages: RouteObject[] = [
  { index: true, Component: FirstProject },
  { path: 'projects/:projectId', children: inProject },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter([
  { path: '/', Component: Shell, ErrorBoundary: ErrorPage, children: [{ index: true, Component: FirstProject }, { path: 'console', children: pages }, { path: '*', Component: NotFound }] },
]);
