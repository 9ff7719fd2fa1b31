// A heading that takes the focus when it comes: whoever does not see the page hears where they are.
import { Typography } from '@mui/material';
import { type JSX, useLayoutEffect, useRef } from 'react';

export function FocusedHeading({ children }: { readonly children: string }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  // With the page itself: a little later it would take the focus from whoever has gone on by keyboard.
  useLayoutEffect(() => heading.current?.focus(), []);
  return <Typography ref={heading} tabIndex={-1} component="h2" variant="h2" sx={{ outline: 'none', scrollMarginTop: 220 }}>{children}</Typography>;
}
