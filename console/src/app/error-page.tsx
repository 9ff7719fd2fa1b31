// What is shown where a page itself fails.
import { type JSX } from 'react';
import { useRouteError } from 'react-router';
import { ErrorAlert } from '../parts/error-alert.tsx';

export function ErrorPage(): JSX.Element {
  const error = useRouteError();
  return <ErrorAlert error={error instanceof Error ? error : new Error(String(error))} retry={() => location.reload()} />;
}
