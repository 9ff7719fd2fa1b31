// A chart over time for the terminal: one column for each second, as high as its figure.

const LEVELS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ROWS = 4;

/** @param marked figures drawn as a line through the columns. */
export function chart(title: string, figures: readonly number[], marked?: readonly number[]): string {
  const most = Math.max(1, ...figures, ...(marked ?? []));
  const rows = Array.from({ length: ROWS }, (_one, index) => {
    const floor = ROWS - 1 - index;
    const line = figures.map((figure, column) => {
      const height = (figure / most) * ROWS - floor;
      const mark = marked === undefined ? -1 : ((marked[column] ?? 0) / most) * ROWS - floor;
      if (mark > 0 && mark <= 1 && height < mark) return '·';
      return LEVELS[Math.max(0, Math.min(8, Math.round(height * 8)))] ?? ' ';
    });
    return `  ${String(index === 0 ? Math.round(most) : '').padStart(5)} ┤${line.join('')}`;
  });
  return [`  ${title}`, ...rows, `      0 └${'─'.repeat(figures.length)} ${figures.length} s`].join('\n');
}
