// The nodes of a connection: how many now, at least, at most. Asked for where a row is looked at.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../api/connections.ts';
import { nodesQuery } from '../api/nodes.ts';

export function NodesCell({ connection: { name, status, nodeConfig } }: { readonly connection: Connection }): JSX.Element {
  const { t } = useTranslation();
  const serves = status.state === 'ACTIVE';
  const { data } = useQuery({ ...nodesQuery(name, 15_000), enabled: serves });
  const now = !serves || data === undefined ? '–' : data.limited ? String(data.nodeCount ?? '–') : <span role="img" aria-label={t('connectionList.unlimited')} title={t('connectionList.unlimited')}>∞</span>;
  return <>{now}{` / ${nodeConfig?.minNodeCount ?? ''} / ${nodeConfig?.maxNodeCount ?? ''}`}</>;
}
