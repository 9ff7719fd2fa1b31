// A connection as it is configured.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { connectionQuery } from '../api/connections.ts';
import { useConnectionName } from '../app/place.ts';
import { JsonView } from '../parts/code-block.tsx';

export function OverviewPage(): JSX.Element | null {
  const { t } = useTranslation();
  const { data } = useQuery(connectionQuery(useConnectionName()));
  return data === undefined ? null : <JsonView value={data} label={t('connection.configuration')} />;
}
