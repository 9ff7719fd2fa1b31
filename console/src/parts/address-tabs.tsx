// Tabs that are addresses: each can be opened, sent and gone back to.
import { Tab, Tabs } from '@mui/material';
import { type JSX } from 'react';
import { Link, useLocation } from 'react-router';

export interface AddressTab {
  /** The last part of its address; '' for the first. */
  readonly part: string;
  readonly label: string;
}

export function AddressTabs({ base, tabs, label }: { readonly base: string; readonly tabs: readonly AddressTab[]; readonly label: string }): JSX.Element {
  const { pathname } = useLocation();
  const rest = pathname.slice(base.length).split('/')[1] ?? '';
  const here = tabs.some(({ part }) => part === rest) ? rest : '';
  return (
    <Tabs value={here} variant="scrollable" allowScrollButtonsMobile component="nav" aria-label={label} role="navigation" sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }} slotProps={{ list: { role: 'group' } }}>
      {tabs.map(({ part, label }) => (
        <Tab key={part} value={part} label={label} component={Link} to={part === '' ? base : `${base}/${part}`} role="link" tabIndex={0} aria-selected={undefined} aria-current={part === here ? 'page' : undefined} />
      ))}
    </Tabs>
  );
}
