// The tasks that were run lately, each a choice to take up again with its inputs.
import History from '@mui/icons-material/History';
import { Button, ListItemText, Menu, MenuItem } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agoText } from '../parts/time.tsx';
import { takesOf } from './inputs.ts';
import type { RecentTask } from './recent-tasks.ts';

export function RecentMenu({ recent, onTake }: { readonly recent: readonly RecentTask[]; readonly onTake: (task: RecentTask) => void }): JSX.Element | null {
  const { t, i18n } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (recent.length === 0) return null;
  const take = (task: RecentTask): void => {
    setAnchor(null);
    onTake(task);
  };
  return (
    <>
      <Button startIcon={<History />} aria-haspopup="menu" onClick={({ currentTarget }) => setAnchor(currentTarget)}>{t('task.recent')}</Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {recent.map((task) => (
          <MenuItem key={task.at} onClick={() => take(task)}>
            <ListItemText
              primary={task.choice.kind === 'action' ? task.choice.action : `${task.choice.entity} · ${t(`operations.${task.choice.operation}`)}`}
              secondary={[agoText(new Date(task.at), i18n.language), ...(task.isDone ? [] : [t('task.failed')]), inputText(task)].filter((part) => part !== '').join(' · ')}
              slotProps={{ secondary: { noWrap: true, sx: { maxWidth: 420 } } }}
            />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

function inputText({ choice, inputs }: RecentTask): string {
  const takes = takesOf(choice);
  return [takes.entityId ? inputs.entityId : '', takes.filter ? inputs.filter.trim() : '', takes.payload ? inputs.payload.replaceAll(/\s+/g, ' ') : ''].filter((part) => part !== '').join(' ');
}
