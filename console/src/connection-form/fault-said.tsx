// A fault in the reader's words; one that is not known in the server's, marked as the language that they are.
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ServerSaid } from '../parts/server-said.tsx';
import type { Fault } from './faults.ts';

export function FaultSaid({ fault: { known, values = {}, text } }: { readonly fault: Fault }): JSX.Element {
  const { t } = useTranslation('console', { keyPrefix: 'connectionForm.faults' });
  if (known === undefined) return <ServerSaid said={[{ text: text.replace(/^./u, (first) => first.toUpperCase()), isServers: true }]} />;
  const { name = '', region = '', most = '', from = '', to = '', options = '' } = values;
  return <>{t(known, { name, region, most, from, to, options })}</>;
}
