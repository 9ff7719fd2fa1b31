// What can be done with a connection of the list.
import MoreVert from '@mui/icons-material/MoreVert';
import { Dialog, DialogActions, DialogContent, Button, IconButton, Menu, MenuItem } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/call.ts';
import { type Connection, idOf, regionOf } from '../api/connections.ts';
import type { Operation } from '../api/operation.ts';
import { addressOf } from '../app/place.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';

export function RowActions({ connection: { name, suspended = false } }: { readonly connection: Connection }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isRemoving, setIsRemoving] = useState(false);
  const id = idOf(name);
  const settled = async (): Promise<void> => data.invalidateQueries({ queryKey: ['connections'] });
  const suspending = useMutation({ mutationFn: async () => call<Operation>(`/v1/${name}`, { method: 'PATCH', query: { updateMask: 'suspended' }, body: { suspended: !suspended } }), onSettled: settled });
  const removing = useMutation({
    mutationFn: async () => call<Operation>(`/v1/${name}`, { method: 'DELETE' }),
    onSuccess: async () => {
      setIsRemoving(false);
      await settled();
    },
  });
  const close = (): void => setAnchor(null);
  const project = name.split('/').slice(0, 2).join('/');
  return (
    <>
      <IconButton size="small" aria-label={t('connectionList.actionsOf', { name: id })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreVert fontSize="small" /></IconButton>
      {anchor === null ? null : <Menu anchorEl={anchor} open onClose={close}>
        <MenuItem onClick={() => { close(); suspending.mutate(); }}>{suspended ? t('connectionList.resume') : t('connectionList.suspend')}</MenuItem>
        <MenuItem component={Link} to={`${addressOf(project, 'connections/new')}?from=${encodeURIComponent(`${regionOf(name)}/${id}`)}`}>{t('connectionList.duplicate')}</MenuItem>
        <MenuItem onClick={() => { close(); setIsRemoving(true); }}>{t('connectionList.remove')}</MenuItem>
      </Menu>}
      {suspending.error === null ? null : (
        <Dialog open onClose={() => suspending.reset()}>
          <DialogContent><ErrorAlert error={suspending.error} /></DialogContent>
          <DialogActions><Button onClick={() => suspending.reset()}>{t('app.close')}</Button></DialogActions>
        </Dialog>
      )}
      {isRemoving ? (
        <ConfirmDialog
          title={t('connectionList.removeTitle', { name: id })} deed={t('connectionList.remove')} typed={id} isPending={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()}
          onClose={() => { removing.reset(); setIsRemoving(false); }}
        >
          {t('connectionList.removeText')}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
