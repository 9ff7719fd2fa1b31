// The ways between the pages.
import CableOutlined from '@mui/icons-material/CableOutlined';
import { List, ListItem, ListItemButton, ListItemIcon, ListItemText } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useProject } from './place.ts';

/** A page in the list: where it is, how it is called, and whether it belongs to a project. */
const WAYS = [
  { key: 'connections', Icon: CableOutlined, inProject: true },
] as const;

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const { pathname } = useLocation();
  const ways = WAYS.filter(({ inProject }) => !inProject || project !== '');
  return (
    <List dense sx={{ px: 1 }}>
      {ways.map(({ key, Icon, inProject }) => {
        const to = inProject ? `/console/projects/${encodeURIComponent(project)}/${key}` : `/console/${key}`;
        // Pages of a project stand below the list of projects, and are not it.
        const isHere = pathname === to || (inProject && pathname.startsWith(`${to}/`));
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
