// The choice of the language: switched in place.
import Translate from '@mui/icons-material/Translate';
import { IconButton, Menu, MenuItem, Tooltip } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, LANGUAGES, speak } from '../words/language.ts';

export function LanguageMenu(): JSX.Element {
  const { t, i18n } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (language: Language): void => {
    setAnchor(null);
    void speak(language);
  };
  return (
    <>
      <Tooltip title={t('app.language')}>
        <IconButton color="inherit" aria-label={t('app.language')} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><Translate /></IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <MenuItem key={language} lang={language} selected={i18n.language === language} onClick={() => choose(language as Language)}>{name}</MenuItem>
        ))}
      </Menu>
    </>
  );
}
