// How the steps of a diagnosis are shown: a mark, what was looked at, how it is, and below it what to do. Colours and marks on a
// terminal, words elsewhere.
import { textIn } from './members.ts';
import type { Terminal } from './deeds.ts';
import { widthOfTerminal } from './output.ts';
import { cell, wrap } from './width.ts';

export interface ShownStep {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  readonly hint?: string;
  readonly code?: string;
}

const MARKS: Readonly<Record<ShownStep['outcome'], { readonly mark: string; readonly word: string; readonly color: number }>> = {
  ok: { mark: '✓', word: 'ok', color: 32 },
  warning: { mark: '!', word: 'warning', color: 33 },
  failed: { mark: '✗', word: 'FAILED', color: 31 },
  skipped: { mark: '-', word: 'skipped', color: 90 },
};
const WORD_WIDTH = Math.max(...Object.values(MARKS).map(({ word }) => word.length));
const TITLE_WIDTH = 20;
const WIDEST = 100;

/** A step as a server told it; what it did not tell is left empty. */
export function readStep(step: unknown): ShownStep {
  const text = (key: string): string => textIn(step, key);
  const outcome = text('outcome');
  const hint = text('hint');
  const code = text('code');
  return {
    id: text('id'), title: text('title'), outcome: isOutcome(outcome) ? outcome : 'failed', message: text('message'),
    ...(hint === '' ? {} : { hint }), ...(code === '' ? {} : { code }),
  };
}

function isOutcome(text: string): text is ShownStep['outcome'] {
  return Object.hasOwn(MARKS, text);
}

export function printStep({ out, environment }: Pick<Terminal, 'out' | 'environment'>, { outcome, title, message, hint }: ShownStep): void {
  const { mark, word, color } = MARKS[outcome];
  const isTerminal = out.isTTY === true;
  const isColored = isTerminal && (environment['NO_COLOR'] ?? '') === '';
  const head = isTerminal ? (isColored ? `\u001b[${color}m${mark}\u001b[0m` : mark) : word.padEnd(WORD_WIDTH);
  const indent = (isTerminal ? 1 : WORD_WIDTH) + 1 + TITLE_WIDTH;
  const width = isTerminal ? Math.min(WIDEST, widthOfTerminal(out)) : WIDEST;
  const lines = wrap(cell(message.replace(/\s+/g, ' ')), width - indent);
  const advice = hint === undefined || outcome === 'ok' ? [] : wrap(cell(hint.replace(/\s+/g, ' ')), width - indent - 2).map((line, index) => `${index === 0 ? (isTerminal ? '→ ' : '> ') : '  '}${line}`);
  const [first = '', ...rest] = [...lines, ...advice];
  out.write(`${`${head} ${title.padEnd(TITLE_WIDTH)}${first}`.trimEnd()}\n${rest.map((line) => `${' '.repeat(indent)}${line}\n`).join('')}`);
}

/** `14 steps: 12 ok, 1 warning, 1 failed.` */
export function summarize(steps: readonly ShownStep[]): string {
  const counts = (Object.keys(MARKS) as ShownStep['outcome'][]).map((outcome) => [outcome, steps.filter((step) => step.outcome === outcome).length] as const);
  return `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}: ${counts.filter(([, count]) => count > 0).map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`;
}
