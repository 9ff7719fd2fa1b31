// A text that is code: JSON or a filter, with completion and with faults under the place where they are.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { Box, Typography } from '@mui/material';
import { type JSX, useEffect, useId, useMemo, useRef } from 'react';
import { styles } from '../app/nonce.ts';

export interface Fault {
  /** The place in the text. */
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly language: 'json' | 'filter';
  /** What may be written where the cursor is. */
  readonly complete?: CompletionSource;
  readonly faults?: readonly Fault[];
  readonly minHeight?: number;
  readonly help?: string;
}

const look = EditorView.theme({
  '&': { fontSize: '13px', border: '1px solid var(--mui-palette-divider)', borderRadius: '8px', backgroundColor: 'var(--mui-palette-background-paper)' },
  '&.cm-focused': { outline: '2px solid var(--mui-palette-primary-main)' },
  '.cm-content': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace', caretColor: 'var(--mui-palette-text-primary)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--mui-palette-text-secondary)', border: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--mui-palette-text-primary)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--mui-palette-primary-main) 30%, transparent)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--mui-palette-primary-main)', color: 'var(--mui-palette-primary-contrastText)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.85' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '360px', padding: '6px 8px' },
  '.cm-tooltip': { backgroundColor: 'var(--mui-palette-background-paper)', color: 'var(--mui-palette-text-primary)', border: '1px solid var(--mui-palette-divider)' },
});

/** Colours of the page's scheme, so that they are read on light and dark. */
const colours = HighlightStyle.define([
  { tag: tags.string, color: 'var(--mui-palette-success-main)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--mui-palette-primary-main)' },
  { tag: tags.propertyName, color: 'var(--mui-palette-text-primary)', fontWeight: '600' },
]);

/** Tab leaves the editor: who uses the keyboard is not caught in it. */
function extensions({ language, label, nonce, onChange }: { readonly language: CodeEditorProps['language']; readonly label: string; readonly nonce: string | undefined; readonly onChange: (value: string) => void }): readonly Extension[] {
  return [
    ...(nonce === undefined ? [] : [EditorView.cspNonce.of(nonce)]),
    look, history(), bracketMatching(), closeBrackets(), EditorView.lineWrapping, syntaxHighlighting(colours),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true' }),
    EditorView.updateListener.of((update) => { if (update.docChanged) onChange(update.state.doc.toString()); }),
    ...(language === 'json' ? [lineNumbers(), json(), linter(jsonParseLinter())] : []),
  ];
}

export function CodeEditor({ label, value, onChange, language, complete, faults = [], minHeight = 96, help }: CodeEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  /** Texts that were written here and have not come back as the value. */
  const written = useRef<string[]>([]);
  const isBringing = useRef(false);
  const completion = useMemo(() => new Compartment(), []);
  const helpId = useId();
  useEffect(() => { changed.current = onChange; }, [onChange]);

  useEffect(() => {
    const editor = new EditorView({
      ...(host.current === null ? {} : { parent: host.current }),
      state: EditorState.create({ doc: value, extensions: [...extensions({ language, label, nonce: styles.nonce, onChange: (text) => {
        if (isBringing.current) return;
        written.current.push(text);
        changed.current(text);
      } }), completion.of(autocompletion())] }),
    });
    view.current = editor;
    return () => editor.destroy();
    // Made once for a language and a label; the text is brought in below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [language, label, completion]);

  useEffect(() => { view.current?.dispatch({ effects: completion.reconfigure(autocompletion(complete === undefined ? {} : { override: [complete] })) }); }, [complete, completion]);

  useEffect(() => {
    const editor = view.current;
    // The value follows what is written, and may be behind a fast writer: what was written since is not taken back.
    const at = written.current.indexOf(value);
    written.current.splice(0, at + 1);
    if (at >= 0 || editor === undefined || editor.state.doc.toString() === value) return;
    isBringing.current = true;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    isBringing.current = false;
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || (language === 'json' && faults.length === 0)) return;
    const end = editor.state.doc.length;
    const shown: Diagnostic[] = faults.map(({ from, to, message }) => ({ from: Math.min(from, end), to: Math.min(Math.max(to, from), end), severity: 'error', message }));
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [faults, language]);

  return (
    <Box>
      <Typography variant="body2" component="p" sx={{ mb: 0.5, color: 'text.secondary' }}>{label}</Typography>
      <Box ref={host} sx={{ '& .cm-editor': { minHeight } }} aria-describedby={help === undefined ? undefined : helpId} />
      {help === undefined ? null : <Typography id={helpId} variant="caption" sx={{ color: 'text.secondary' }}>{help}</Typography>}
    </Box>
  );
}
