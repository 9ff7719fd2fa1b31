// Light, dark, or as the system says.
import DarkMode from '@mui/icons-material/DarkMode';
import LightMode from '@mui/icons-material/LightMode';
import SettingsBrightness from '@mui/icons-material/SettingsBrightness';
import { IconButton, Menu, MenuItem, Tooltip } from '@mui/material';
import { useColorScheme } from '@mui/material/styles';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';

const MODES = { light: LightMode, dark: DarkMode, system: SettingsBrightness } as const;

export function ColourMenu(): JSX.Element {
  const { t } = useTranslation();
  const { mode = 'system', setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const Icon = MODES[mode];
  return (
    <>
      <Tooltip title={t('app.theme.label')}>
        <IconButton color="inherit" aria-label={t('app.theme.label')} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><Icon /></IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {(Object.keys(MODES) as (keyof typeof MODES)[]).map((one) => (
          <MenuItem key={one} selected={one === mode} onClick={() => { setMode(one); setAnchor(null); }}>{t(`app.theme.${one}`)}</MenuItem>
        ))}
      </Menu>
    </>
  );
}
