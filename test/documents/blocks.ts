// Markdown taken apart: its code blocks, each with its language, its place and what a comment above it says of it. It knows
// no command and runs nothing.

export interface Block {
  /** What stands behind the opening fence; '' where nothing does. */
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** Why the block is not run: `<!-- not run: … -->` above it. */
  readonly notRun?: string;
  /** The file in which the block is kept before what follows is run: `<!-- file: … -->` above it. */
  readonly file?: string;
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)/;
const COMMENT = /^\s*<!-- (not run|file): (.+) -->$/;

/** The code blocks of a document in their order. @throws Error where one is never closed */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index++) {
    const opened = FENCE.exec(lines[index] ?? '');
    if (opened === null) continue;
    const [, indent = '', fence = '', language = ''] = opened;
    const end = lines.findIndex((line, at) => at > index && line.trim() === fence);
    if (end === -1) throw new Error(`The block of line ${index + 1} is never closed.`);
    const text = lines.slice(index + 1, end).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
    blocks.push({ language, text: text.map((line) => `${line}\n`).join(''), line: index + 1, ...commentAbove(lines, index) });
    index = end;
  }
  return blocks;
}

/** What the comment above a line says; blank lines may stand between. */
function commentAbove(lines: readonly string[], index: number): { readonly notRun?: string; readonly file?: string } {
  const above = lines.slice(0, index).findLast((line) => line.trim() !== '') ?? '';
  const [, what, value] = COMMENT.exec(above) ?? [];
  if (value === undefined) return {};
  return what === 'file' ? { file: value } : { notRun: value };
}

export interface Step {
  readonly command: string;
  /** What the document shows of its output; undefined where it shows nothing. */
  readonly shown?: string;
}

/** The commands of a block `console`: each begins with `$ `, goes on behind a `\`, within quotes or a heredoc, and is followed by what it prints. */
export function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  const lines = text.replace(/\n$/, '').split('\n');
  for (let index = 0; index < lines.length;) {
    const first = lines[index] ?? '';
    if (!first.startsWith('$ ')) throw new Error(`A block of the language "console" begins with a command behind "$ ": ${first}`);
    const command = [first.slice(2)];
    index++;
    const goesOn = (): boolean => command.at(-1)?.endsWith('\\') === true || isWithinQuotes(command.join('\n')) || isWithinHeredoc(command);
    while (index < lines.length && goesOn()) command.push(lines[index++] ?? '');
    const begin = index;
    while (index < lines.length && lines[index]?.startsWith('$ ') !== true) index++;
    const shown = lines.slice(begin, index).join('\n').trimEnd();
    steps.push({ command: command.join('\n'), ...(shown === '' ? {} : { shown }) });
  }
  return steps;
}

/** Whether a quote is open at the end of a text of bash. */
function isWithinQuotes(text: string): boolean {
  let open = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '\\' && open !== "'") at++;
    else if (open === '' ? sign === '"' || sign === "'" : sign === open) open = open === '' ? sign : '';
  }
  return open !== '';
}

function isWithinHeredoc(command: readonly string[]): boolean {
  const [, word] = /<<-?\s*['"]?(\w+)['"]?/.exec(command[0] ?? '') ?? [];
  return word !== undefined && !command.slice(1).some((line) => line.trim() === word);
}
