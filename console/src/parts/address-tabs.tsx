// Tabs that are addresses: each can be opened, sent and gone back to. Where there is no room for all, they are scrolled, and the one
// that is open is in sight.
import { Box } from '@mui/material';
import { type JSX, useEffect, useRef } from 'react';
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
  const at = tabs.findIndex(({ part }) => part === here);
  const scroller = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // Also when it comes to be seen, and when the window or the language changes.
    const observer = new ResizeObserver(() => centre(element, at));
    observer.observe(element);
    for (const tab of element.children) observer.observe(tab);
    return () => observer.disconnect();
  }, [at]);
  return (
    <Box ref={scroller} component="nav" aria-label={label} sx={{ position: 'relative', display: 'flex', overflowX: 'auto', scrollbarWidth: 'thin', borderBottom: 1, borderColor: 'divider', mb: 2 }}>
      {tabs.map(({ part, label: name }) => (
        <Box
          key={part} component={Link} to={part === '' ? base : `${base}/${part}`} aria-current={part === here ? 'page' : undefined}
          sx={{
            flexShrink: 0, minWidth: { xs: 72, sm: 90 }, px: 2, py: 1.75, textAlign: 'center', typography: 'button', textDecoration: 'none', color: 'text.secondary', borderBottom: 2, borderColor: 'transparent',
            '&:hover': { color: 'text.primary' }, '&[aria-current]': { color: 'primary.main', borderColor: 'primary.main' }, '&:focus-visible': { outline: 2, outlineOffset: -2, outlineColor: 'primary.main' },
          }}
        >
          {name}
        </Box>
      ))}
    </Box>
  );
}

/** The open one in the middle, with some of its neighbours: so that one sees that there are more. */
function centre(scroller: HTMLElement, at: number): void {
  const open = scroller.children[at];
  if (open instanceof HTMLElement) scroller.scrollLeft = open.offsetLeft + open.offsetWidth / 2 - scroller.clientWidth / 2;
}
