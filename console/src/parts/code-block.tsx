// Text to read and to copy: JSON, a command, a configuration.
import { Box } from '@mui/material';
import { type JSX } from 'react';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly text: string;
  /** What it is, for screen readers and the button. */
  readonly label: string;
  readonly maxHeight?: number;
  /** Long lines are broken: for what is one line and wanted whole. */
  readonly wraps?: boolean;
}

export function CodeBlock({ text, label, maxHeight = 420, wraps = false }: CodeBlockProps): JSX.Element {
  return (
    <Box sx={{ position: 'relative', border: 1, borderColor: 'divider', borderRadius: 1, bgcolor: 'action.hover' }}>
      {/* It stands above the text, which a narrow screen scrolls beneath it. */}
      <Box sx={{ position: 'absolute', top: 4, right: 8, bgcolor: 'background.paper', borderRadius: '50%' }}><CopyButton text={text} what={label} /></Box>
      {/* It scrolls, so the keyboard must reach it. */}
      <Box component="pre" role="region" aria-label={label} tabIndex={0} sx={{ m: 0, p: 1.5, pr: 6, maxHeight, overflow: 'auto', fontSize: 13, ...(wraps ? { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } : {}), fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace' }}>{text}</Box>
    </Box>
  );
}

export function JsonView({ value, label, maxHeight }: { readonly value: unknown; readonly label: string; readonly maxHeight?: number }): JSX.Element {
  return <CodeBlock text={JSON.stringify(value, null, 2)} label={label} {...(maxHeight === undefined ? {} : { maxHeight })} />;
}
