// Every role with what it holds: found by its name or by a permission.
import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Link, List, ListItem } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/policies.ts';
import { useAddressValue } from '../parts/address-state.ts';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Section } from '../parts/section.tsx';
import { useRoles } from './use-roles.ts';

export function RolesPage(): JSX.Element {
  const { t } = useTranslation();
  const roles = useRoles();
  const [open, setOpen] = useAddressValue('role');
  const shown = roles.data?.find(({ name }) => name === open);
  const columns: readonly Column<Role>[] = [
    { key: 'title', head: t('access.role'), order: ({ title }) => title, width: 'minmax(200px, 1fr)', cell: ({ name, title }) => <Link component="button" type="button" onClick={() => setOpen(name)}>{title}</Link> },
    { key: 'name', head: t('common.name'), order: ({ name }) => name, width: 'minmax(290px, 1.4fr)', cell: ({ name }) => <code title={name}>{name}</code> },
    { key: 'permissions', head: t('access.permissions'), order: ({ includedPermissions }) => includedPermissions.length, width: '100px', align: 'end', cell: ({ includedPermissions }) => includedPermissions.length },
    { key: 'description', head: t('common.description'), width: 'minmax(230px, 1.4fr)', cell: ({ description }) => <span title={description}>{description}</span> },
  ];
  return (
    <Section title={t('access.roles')} help={t('access.rolesHelp')}>
      <ListView
        label={t('access.roles')} columns={columns} rows={roles.data} error={roles.error} retry={() => void roles.refetch()} rowKey={({ name }) => name}
        textOf={({ name, title, description, includedPermissions }) => [name, title, description, ...includedPermissions].join(' ')} empty={t('common.empty')}
      />
      {shown === undefined ? null : (
        <Dialog open onClose={() => setOpen('')} fullWidth maxWidth="sm" aria-labelledby="role-title">
          <DialogTitle id="role-title">{shown.title}</DialogTitle>
          <DialogContent tabIndex={0}>
            <DialogContentText><code>{shown.name}</code></DialogContentText>
            <DialogContentText sx={{ mb: 1 }}>{shown.description}</DialogContentText>
            <List dense aria-label={t('access.permissions')}>{shown.includedPermissions.map((one) => <ListItem key={one} disableGutters sx={{ py: 0, overflowWrap: 'anywhere' }}><code>{one}</code></ListItem>)}</List>
          </DialogContent>
          <DialogActions><Button onClick={() => setOpen('')}>{t('app.close')}</Button></DialogActions>
        </Dialog>
      )}
    </Section>
  );
}
