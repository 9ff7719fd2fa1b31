// The versions of a secret: added, enabled, disabled, destroyed, and looked at by one who may and means to.
import Add from '@mui/icons-material/Add';
import { Box, Button } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { idOf } from '../api/connections.ts';
import { changeVersion, type SecretVersion, type VersionDeed, versionsQuery } from '../api/secrets.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { Choice } from '../parts/choice.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { AddVersionDialog } from './add-version-dialog.tsx';
import { ValueDialog } from './value-dialog.tsx';

const STATES = ['ENABLED', 'DISABLED', 'DESTROYED'] as const;
/** What can be done in which state. */
const DEEDS: Readonly<Record<SecretVersion['state'], readonly VersionDeed[]>> = { ENABLED: ['disable', 'destroy'], DISABLED: ['enable', 'destroy'], DESTROYED: [] };

export function VersionsPanel({ secret, may }: { readonly secret: string; readonly may: (permission: string) => boolean }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const versions = useQuery(versionsQuery(secret));
  const [state, setState] = useAddressValue('state');
  const [isAdding, setIsAdding] = useState(false);
  const [asked, setAsked] = useState<{ readonly version: string; readonly deed: VersionDeed | 'look' }>();
  const change = useMutation({
    mutationFn: ({ version, deed }: { readonly version: string; readonly deed: VersionDeed }) => changeVersion(version, deed),
    onSuccess: () => setAsked(undefined),
    onSettled: () => data.invalidateQueries({ queryKey: ['versions', secret] }),
  });
  const close = (): void => { setAsked(undefined); change.reset(); };
  const button = (version: string, deed: VersionDeed | 'look'): JSX.Element => (
    <Button key={deed} size="small" color={deed === 'destroy' ? 'error' : 'primary'} onClick={() => setAsked({ version, deed })} aria-label={`${t(`secrets.deeds.${deed}`)}: ${t('secrets.version', { id: idOf(version) })}`}>{t(`secrets.deeds.${deed}`)}</Button>
  );
  const columns: readonly Column<SecretVersion>[] = [
    { key: 'id', head: t('secrets.versionHead'), order: ({ name }) => Number(idOf(name)), width: '100px', cell: ({ name }) => idOf(name) },
    { key: 'state', head: t('common.status'), order: (one) => one.state, width: '140px', cell: (one) => <StatusChip state={one.state} /> },
    { key: 'created', head: t('common.created'), order: ({ createTime }) => createTime, width: '140px', cell: ({ createTime }) => <Ago time={createTime} /> },
    { key: 'destroyed', head: t('secrets.destroyed'), order: ({ destroyTime = '' }) => destroyTime, width: '140px', cell: ({ destroyTime }) => <Ago time={destroyTime} /> },
    {
      key: 'deeds', head: t('common.actions'), width: 'minmax(320px, 1fr)',
      cell: ({ name, state: now }) => (
        <Box component="span">
          {DEEDS[now].filter((deed) => may(`secretmanager.versions.${deed}`)).map((deed) => button(name, deed))}
          {now === 'ENABLED' && may('secretmanager.versions.access') ? button(name, 'look') : null}
        </Box>
      ),
    },
  ];
  return (
    <Section title={t('secrets.versions')} help={t('secrets.versionsHelp')} actions={may('secretmanager.versions.add') ? <Button size="small" variant="outlined" startIcon={<Add />} onClick={() => setIsAdding(true)}>{t('secrets.add')}</Button> : undefined}>
      <ListView
        label={t('secrets.versions')} columns={columns} rows={versions.data?.filter((one) => state === '' || one.state === state)} error={versions.error} retry={() => void versions.refetch()} rowKey={({ name }) => name}
        textOf={({ name }) => idOf(name)} empty={t('secrets.noVersions')} maxHeight="50dvh" isFiltered={state !== ''}
        filters={<Choice label={t('common.status')} value={state} onChange={setState} choices={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />}
      />
      {isAdding ? <AddVersionDialog secret={secret} onClose={() => setIsAdding(false)} /> : null}
      {asked?.deed === 'look' ? <ValueDialog version={asked.version} onClose={close} /> : null}
      {asked === undefined || asked.deed === 'look' ? null : (
        <ConfirmDialog
          title={`${t(`secrets.deeds.${asked.deed}`)}: ${t('secrets.version', { id: idOf(asked.version) })}`} deed={t(`secrets.deeds.${asked.deed}`)} {...(asked.deed === 'destroy' ? { typed: idOf(secret) } : {})}
          isPending={change.isPending} error={change.error} onClose={close} onConfirm={() => { if (asked.deed !== 'look') change.mutate({ version: asked.version, deed: asked.deed }); }}
        >
          {t(`secrets.sure.${asked.deed}`)}
        </ConfirmDialog>
      )}
    </Section>
  );
}
