// The word that was probably meant. It knows no words.

/** The nearest of some words to one that is none of them; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const [first] = words.map((one) => ({ one, steps: distance(word.toLowerCase(), one.toLowerCase()) })).filter(({ steps }) => steps <= most).sort((a, b) => a.steps - b.steps);
  return first?.one;
}

/** How many letters must be put in, taken out, changed, or swapped with the next. */
function distance(from: string, to: string): number {
  let [before, row]: [readonly number[], readonly number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const same = from[index] === to[column] ? 0 : 1;
      const swapped = index > 0 && column > 0 && from[index] === to[column - 1] && from[index - 1] === to[column] ? (before[column - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min((next[column] ?? 0) + 1, (row[column + 1] ?? 0) + 1, (row[column] ?? 0) + same, swapped));
    }
    [before, row] = [row, next];
  }
  return row[to.length] ?? 0;
}
