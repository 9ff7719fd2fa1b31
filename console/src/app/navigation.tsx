// The ways between the pages.
import ApiOutlined from '@mui/icons-material/ApiOutlined';
import BadgeOutlined from '@mui/icons-material/BadgeOutlined';
import CableOutlined from '@mui/icons-material/CableOutlined';
import FolderOutlined from '@mui/icons-material/FolderOutlined';
import HistoryOutlined from '@mui/icons-material/HistoryOutlined';
import KeyOutlined from '@mui/icons-material/KeyOutlined';
import PendingActionsOutlined from '@mui/icons-material/PendingActionsOutlined';
import SettingsOutlined from '@mui/icons-material/SettingsOutlined';
import ShieldOutlined from '@mui/icons-material/ShieldOutlined';
import { List, ListItem, ListItemButton, ListItemIcon, ListItemText } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useProject } from './place.ts';

/** A page in the list: where it is, how it is called, and whether it belongs to a project, to the installation, or to whichever is open. */
const WAYS = [
  { key: 'connections', Icon: CableOutlined, of: 'project' },
  { key: 'operations', Icon: PendingActionsOutlined, of: 'project' },
  { key: 'secrets', Icon: KeyOutlined, of: 'project' },
  { key: 'serviceAccounts', Icon: BadgeOutlined, of: 'project' },
  { key: 'access', Icon: ShieldOutlined, of: 'project' },
  { key: 'audit', Icon: HistoryOutlined, of: 'project' },
  { key: 'projects', Icon: FolderOutlined, of: 'installation' },
  { key: 'settings', Icon: SettingsOutlined, of: 'either' },
  { key: 'api', Icon: ApiOutlined, of: 'installation' },
] as const;

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const { pathname } = useLocation();
  const ways = WAYS.filter(({ of }) => of !== 'project' || project !== '');
  return (
    <List dense sx={{ px: 1 }}>
      {ways.map(({ key, Icon, of }) => {
        const isOfProject = of !== 'installation' && project !== '';
        const to = isOfProject ? `/console/projects/${encodeURIComponent(project)}/${key}` : `/console/${key}`;
        // Pages of a project stand below the list of projects, and are not it.
        const isHere = pathname === to || (isOfProject && (pathname.startsWith(`${to}/`) || pathname.split('/')[6] === key));
        return (
          <ListItem key={key} disablePadding>
            <ListItemButton component={Link} to={to} onClick={onNavigate} selected={isHere} aria-current={isHere ? 'page' : undefined} sx={{ borderRadius: 1 }}>
              <ListItemIcon sx={{ minWidth: 36 }}><Icon fontSize="small" /></ListItemIcon>
              <ListItemText primary={t(`nav.${key}`)} />
            </ListItemButton>
          </ListItem>
        );
      })}
    </List>
  );
}
