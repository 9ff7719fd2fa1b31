// The tokens that the caller may see.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdministrator } from '../api/permissions.ts';
import { TokensPanel } from './tokens-panel.tsx';

export function TokensPage(): JSX.Element {
  const { t } = useTranslation();
  const isAdministrator = useIsAdministrator();
  return <TokensPanel title={t('access.tokens')} help={t(isAdministrator ? 'access.tokensHelpAll' : 'access.tokensHelp')} />;
}
