// The word that was probably meant by one that is none of those there are: what an error says to do. It knows no words.

const LONGEST = 100;
/** A beginning that is shared by chance is shorter. */
const SHORTEST_BEGINNING = 3;

/**
 * The nearest of some words: the one with the fewest slips of the pen, else one that begins alike; undefined where none is near.
 * Of words that are equally near the first is meant.
 */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const wanted = fold(word.slice(0, LONGEST));
  const most = Math.max(1, Math.min(3, Math.floor((wanted.length * 2) / 5)));
  const all = [...words].map((one) => ({ one, folded: fold(one) }));
  const near = all.filter(({ folded }) => Math.abs(folded.length - wanted.length) <= most)
    .map(({ one, folded }) => ({ one, slips: slipsBetween(wanted, folded) })).filter(({ slips }) => slips <= most).toSorted((a, b) => a.slips - b.slips)[0];
  if (near !== undefined) return near.one;
  const begun = all.map(({ one, folded }) => ({ one, shared: sharedBeginning(wanted, folded) })).toSorted((a, b) => b.shared - a.shared || a.one.length - b.one.length)[0];
  return begun !== undefined && begun.shared >= SHORTEST_BEGINNING && begun.shared * 2 > wanted.length ? begun.one : undefined;
}

/** `; did you mean Email?`, or nothing where no word is near. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const meant = nearest(word, words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** Case, underscores and dots do not matter, as everywhere that names are taken. */
export function fold(word: string): string {
  return word.toLowerCase().replaceAll('_', '').replaceAll('.', '');
}

function sharedBeginning(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** How many letters must be put in, taken out, changed, or swapped with the next. */
function slipsBetween(from: string, to: string): number {
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
