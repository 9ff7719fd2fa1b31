// Words looked for in names and descriptions: large and small letters are the same, and each word must be found somewhere.

/** @param words with blanks between them; undefined finds everything */
export function hasWords(words: string | undefined, ...texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return (words ?? '').toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
