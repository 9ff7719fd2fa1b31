// Tokens: listed, minted, revoked and forgotten.
import Add from '@mui/icons-material/Add';
import { Button } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteToken, revokeToken, stateOfToken, type Token, tokensQuery } from '../api/tokens.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { Choice } from '../parts/choice.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { Member } from './member.tsx';
import { MintDialog } from './mint-dialog.tsx';

export interface TokensPanelProps {
  readonly title: string;
  readonly help: string;
  /** Only those of this member. */
  readonly member?: string;
  readonly prefix?: string;
}

const STATES = ['ACTIVE', 'EXPIRED', 'REVOKED'] as const;

export function TokensPanel({ title, help, member, prefix = '' }: TokensPanelProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const tokens = useQuery(tokensQuery(member));
  const [state, setState] = useAddressValue(`${prefix}state`);
  const [isMinting, setIsMinting] = useState(false);
  const [ending, setEnding] = useState<Token>();
  const end = useMutation({
    // What has ended already is forgotten.
    mutationFn: (token: Token) => (stateOfToken(token) === 'ACTIVE' ? revokeToken(token.id) : deleteToken(token.id)),
    onSuccess: () => setEnding(undefined),
    onSettled: () => data.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const deedOf = (token: Token): string => t(stateOfToken(token) === 'ACTIVE' ? 'access.revoke' : 'access.forget');
  const columns: readonly Column<Token>[] = [
    { key: 'name', head: t('common.name'), order: ({ displayName }) => displayName, cell: ({ displayName, id }) => displayName || <code>{id}</code>, width: 'minmax(100px, 1fr)' },
    ...(member === undefined ? [{ key: 'member', head: t('access.member'), order: (one: Token) => one.member, cell: (one: Token) => <Member member={one.member} />, width: 'minmax(170px, 2fr)' }] : []),
    { key: 'state', head: t('common.status'), order: (one) => stateOfToken(one), cell: (one) => <StatusChip state={stateOfToken(one)} />, width: '110px' },
    { key: 'created', head: t('common.created'), order: ({ createTime }) => createTime, cell: ({ createTime }) => <Ago time={createTime} />, width: '130px' },
    { key: 'expires', head: t('access.expires'), order: ({ expireTime }) => expireTime, cell: ({ expireTime }) => <Ago time={expireTime} />, width: '105px' },
    { key: 'by', head: t('access.createdBy'), order: ({ createdBy }) => createdBy, cell: ({ createdBy }) => <span title={createdBy}>{createdBy}</span>, width: 'minmax(105px, 1fr)' },
    { key: 'deeds', head: '', width: '112px', cell: (one) => <Button size="small" color="error" onClick={() => setEnding(one)} aria-label={`${deedOf(one)}: ${one.displayName || one.id}`}>{deedOf(one)}</Button> },
  ];
  return (
    <Section title={title} help={help} actions={<Button size="small" variant="outlined" startIcon={<Add />} onClick={() => setIsMinting(true)}>{t('access.mint')}</Button>}>
      <ListView
        label={title} columns={columns} rows={tokens.data?.filter((one) => state === '' || stateOfToken(one) === state)} error={tokens.error} retry={() => void tokens.refetch()} rowKey={({ id }) => id} isFiltered={state !== ''}
        textOf={(one) => `${one.displayName} ${one.member} ${one.createdBy} ${one.id}`} empty={t('access.noTokens')} prefix={prefix}
        filters={<Choice label={t('common.status')} value={state} onChange={setState} choices={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />}
      />
      {isMinting ? <MintDialog {...(member === undefined ? {} : { member })} onClose={() => setIsMinting(false)} /> : null}
      {ending === undefined ? null : (
        <ConfirmDialog title={deedOf(ending)} deed={deedOf(ending)} isPending={end.isPending} error={end.error} onConfirm={() => end.mutate(ending)} onClose={() => { setEnding(undefined); end.reset(); }}>
          {t(stateOfToken(ending) === 'ACTIVE' ? 'access.revokesToken' : 'access.forgetsToken', { name: ending.displayName || ending.id, member: ending.member })}
        </ConfirmDialog>
      )}
    </Section>
  );
}
