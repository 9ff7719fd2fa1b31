// Faults in the reader's words; what is not known is told in the server's.
import { useTranslation } from 'react-i18next';
import type { Fault } from './faults.ts';

export function useFaultWords(): (fault: Pick<Fault, 'known' | 'values' | 'text'>) => string {
  const { t } = useTranslation('console', { keyPrefix: 'connectionForm.faults' });
  return ({ known, values, text }) => {
    if (known === undefined) return text.replace(/^./u, (first) => first.toUpperCase());
    const { name = '', region = '', most = '', from = '', to = '', options = '' } = values ?? {};
    return t(known, { name, region, most, from, to, options });
  };
}
