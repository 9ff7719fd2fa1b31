// Who is signed in, and until when.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Member } from '../access/member.tsx';
import { sessionQuery } from '../api/session.ts';
import { Facts } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import { Ago, Exact } from '../parts/time.tsx';

export function YouPanel(): JSX.Element | null {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  if (session === null || session === undefined) return null;
  return (
    <Section title={t('settings.you')}>
      <Facts
        facts={[
          { name: t('settings.caller'), value: <Member member={session.caller} /> }, { name: t('settings.rights'), value: t(session.unrestricted ? 'settings.everything' : 'settings.asPolicies') },
          { name: t('settings.until'), value: session.expireTime === undefined ? t('settings.forever') : <><Exact time={session.expireTime} /> (<Ago time={session.expireTime} />)</> },
        ]}
      />
    </Section>
  );
}
