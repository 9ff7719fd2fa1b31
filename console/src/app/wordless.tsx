// What is shown where no words could be loaded at all: the only page that brings its own, in every language.
import { Alert, Button } from '@mui/material';
import { type JSX } from 'react';
import { Look } from './look.tsx';

const SAID = { en: 'The page could not be loaded. Is the server running?', id: 'Halaman ini tidak dapat dimuat. Apakah server berjalan?' } as const;

export function Wordless(): JSX.Element {
  const again = <Button color="inherit" size="small" onClick={() => location.reload()}>Try again · <span lang="id">Coba lagi</span></Button>;
  return <Look><Alert severity="error" sx={{ m: 2 }} action={again}>{Object.entries(SAID).map(([language, text]) => <div key={language} lang={language}>{text}</div>)}</Alert></Look>;
}
